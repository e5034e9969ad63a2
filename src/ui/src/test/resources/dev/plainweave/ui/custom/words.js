export const words = 'at'
