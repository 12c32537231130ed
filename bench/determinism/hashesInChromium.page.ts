import { hashOfDrive } from './hashOfDrive.ts';

declare global {
  var hashOfDriveHere: typeof hashOfDrive;
}
globalThis.hashOfDriveHere = hashOfDrive;
