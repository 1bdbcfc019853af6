/** Companies and their people, for the demo. */
export const companies = [
  ["Analytical Engines", "Ada Lovelace", "GB"],
  ["Bletchley Systems", "Alan Turing", "GB"],
  ["Compiler Works", "Grace Hopper", "US"],
  ["Signal and Noise", "Claude Shannon", "US"],
  ["Hidden Figures Data", "Katherine Johnson", "US"],
  ["Nairobi Maps", "Wanjiru Kamau", "KE"],
  ["Lagos Logistics", "Chidi Okafor", "NG"],
  ["Zuse Apparatebau", "Konrad Zuse", "DE"],
  ["Elbe Analytics", "Frieda Brandt", "DE"],
  ["Atelier Curie", "Marie Curie", "FR"],
  ["Lumière Media", "Louis Lumière", "FR"],
  ["Kyoto Imaging", "Haruka Tanaka", "JP"],
  ["Sakura Search", "Kenji Sato", "JP"],
  ["Madras Mathematics", "Srinivasa Ramanujan", "IN"],
  ["Pune Payments", "Anjali Deshpande", "IN"],
  ["Volta Energy", "Alessandra Volta", "IT"],
  ["Fermi Forecasts", "Enrico Fermi", "IT"],
  ["Polder Platforms", "Edsger Dijkstra", "NL"],
  ["Delft Delivery", "Saskia de Vries", "NL"],
  ["Oslo Objects", "Kristen Nygaard", "NO"],
  ["Helsinki Kernels", "Linnea Virtanen", "FI"],
  ["Santiago Sensors", "Javiera Rojas", "CL"],
  ["Pampa Price Watch", "Mateo Fernández", "AR"],
  ["Rio Recommendations", "Beatriz Almeida", "BR"],
  ["São Paulo Search", "Rafael Souza", "BR"],
  ["Maple Moderation", "Margaret Hamilton", "CA"],
  ["Toronto Transcripts", "Noah Tremblay", "CA"],
  ["Sydney Summaries", "Ruby Wilson", "AU"],
  ["Kiwi Keywords", "Aroha Ngata", "NZ"],
  ["Seoul Semantics", "Minji Kim", "KR"],
  ["Warsaw Words", "Marian Rejewski", "PL"],
  ["Prague Parsers", "Tereza Nováková", "CZ"],
  ["Athens Archives", "Eleni Papadopoulou", "GR"],
  ["Lisbon Links", "Inês Carvalho", "PT"],
  ["Dublin Directories", "Aoife Murphy", "IE"],
  ["Cape Crawlers", "Thandi Nkosi", "ZA"],
  ["Accra Ads", "Kwame Mensah", "GH"],
  ["Cairo Content", "Layla Hassan", "EG"],
  ["Istanbul Insights", "Elif Yılmaz", "TR"],
  ["Tel Aviv Tagging", "Noa Levi", "IL"],
  ["Singapore Spam Filter", "Wei Ling Tan", "SG"],
  ["Hanoi Headlines", "Linh Nguyen", "VN"],
  ["Manila Metadata", "Jose Reyes", "PH"],
  ["Bogotá Bots", "Valentina Gómez", "CO"],
  ["Lima Listings", "Diego Quispe", "PE"],
  ["Zürich Zones", "Annelies Meier", "CH"],
  ["Vienna Vectors", "Hedy Lamarr", "AT"],
  ["Brussels Briefings", "Lucas Peeters", "BE"],
] as const;

/** A domain-like word from a company's name: `Bogotá Bots` is `bogota-bots`. */
export function slug(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/ı/g, "i")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
}
