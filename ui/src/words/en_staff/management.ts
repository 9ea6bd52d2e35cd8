// Words of the manager's pages, the second factor and the calm page.

export const management = {};
