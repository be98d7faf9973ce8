import { casper } from './casper.ts';
import { derecho } from './derecho.ts';
import type { MachineProfile } from './machine-profile.ts';

/** The machines whose history can be made, by name. */
export const machineProfiles: Readonly<Record<MachineProfile['name'], MachineProfile>> = {
  derecho,
  casper,
};
