export const showDashboards = async () => ({ rows: [], ratios: [1] });
