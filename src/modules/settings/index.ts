export {
  getLogo,
  getSettings,
  settings,
  updateSettings,
} from "./service/settings";
export { listIntegrations, type Integration } from "./service/integrations";
