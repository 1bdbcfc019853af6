export {
  archiveMeter,
  changeMeter,
  createMeter,
  getMeter,
  knownMeters,
  listMeters,
} from "./service";
