package snapshot

// withoutWaiting: here no pipe lies in a folder.
const withoutWaiting = 0
