/** The room in which everybody is. */
export const GENERAL = { id: 'general', name: 'General' } as const;
