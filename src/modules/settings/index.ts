export {
  getLogo,
  getSettings,
  lastSettings,
  settings,
  updateSettings,
} from "./service/settings";
export { listIntegrations, type Integration } from "./service/integrations";
