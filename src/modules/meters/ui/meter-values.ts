import { fieldsOf, type Aggregation, type Meter } from "../contract";

/** What is typed of a meter; an empty text is any. */
export type MeterValues = {
  name: string;
  title: string;
  unit: string;
  aggregation: Aggregation;
  field: string;
  property: string;
  event_meter: string;
  provider: string;
  model: string;
};

export const meterLabels: Readonly<Record<string, string>> = {
  name: "Name",
  title: "Title",
  unit: "Unit",
  aggregation: "Counts",
  field: "Field",
  property: "Property",
  event_meter: "Meter of the event",
  provider: "Provider",
  model: "Model",
};

export const newMeter: MeterValues = {
  name: "",
  title: "",
  unit: "",
  aggregation: "count",
  field: "quantity",
  property: "",
  event_meter: "",
  provider: "",
  model: "",
};

/** The form's values for a meter. */
export function toMeterValues(meter: Meter): MeterValues {
  return {
    name: meter.name,
    title: meter.title,
    unit: meter.unit,
    aggregation: meter.aggregation,
    field: meter.field ?? "quantity",
    property: meter.property ?? "",
    event_meter: meter.event_meter ?? "",
    provider: meter.provider ?? "",
    model: meter.model ?? "",
  };
}

/** The API's meter for what was typed: what the aggregation has no use for is left out. */
export function toMeterBody(values: MeterValues) {
  const { name, title, unit, aggregation } = values;
  const known: readonly string[] = fieldsOf(aggregation);
  const field = known.includes(values.field)
    ? values.field
    : (known[0] ?? null);
  return {
    ...{ name, title, unit, aggregation, field },
    property: field === "property" ? values.property : null,
    event_meter: values.event_meter.trim() || null,
    provider: values.provider.trim() || null,
    model: values.model.trim() || null,
  };
}
