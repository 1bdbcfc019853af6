export {
  periodAt,
  periodNumber,
  type Anchor,
  type Interval,
  type Period,
} from "./period";
