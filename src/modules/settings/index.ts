export {
  getLogo,
  getSettings,
  lastSettings,
  settings,
  updateSettings,
} from "./service/settings";
export { selfService } from "./service/self-service";
export { listIntegrations, type Integration } from "./service/integrations";
