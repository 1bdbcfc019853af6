export { checkAccess, verifyKey } from "./service/check";
export { releaseReservation, settleReservation } from "./service/reservations";
