export function mount() { throw new Error('never mounts') }
