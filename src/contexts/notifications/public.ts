export { UnreadNotificationsQuery, type UnreadNotifications } from './application/unread.query.js';
