type Words = Partial<Record<1 | 2 | 3 | 4 | 5, string>>;

/**
 * The categories, and the words that speak for each, by how much they tell (5 the most). A word
 * also fits with an s at its end; `recip*` fits whatever starts so.
 */
export const categories: Record<string, Words> = {
  "News and media": {
    5: "breaking news, latest news, newspaper, top stories, newsroom",
    4: "headline, journalis*, reporter, correspondent, columnist",
    3: "news, magazine, politics, editorial",
    2: "opinion, press, editor",
  },
  Shopping: {
    5: "add to cart, add to basket, free shipping, shopping cart, online shop",
    4: "checkout, wishlist, in stock, free delivery, best seller",
    3: "shop, shopping, discount, voucher",
    2: "store, sale, basket, return",
  },
  "Food and cooking": {
    5: "recip*, ingredient, tablespoon, teaspoon, preheat",
    4: "cook, cooking, chef, cuisine, oven, simmer, restaurant",
    3: "bake, baking, flour, dinner, delicious, vegetarian, kitchen",
    2: "menu, taste, salt, butter",
  },
  Travel: {
    5: "hotel, flight, itinerar*, travel guide, sightseeing",
    4: "destination, travel*, airport, tourist, vacation, hostel, book a room",
    3: "holiday, passport, cruise, backpack*",
    2: "beach, trip, island",
  },
  "Health and medicine": {
    5: "symptom, diagnos*, health care, healthcare",
    4: "patient, doctor, clinic*, hospital, medicin*, medical, disease, therap*, vaccin*, pharmac*",
    3: "health, treatment, nurse, pain",
    2: "wellness, care",
  },
  Sports: {
    5: "football, basketball, tennis, olympic*, match report, world cup",
    4: "league, championship, tournament, athlete, stadium, midfielder, playoff",
    3: "sport, coach, fixture, striker",
    2: "goal, score, season, match",
    1: "team",
  },
  "Finance and banking": {
    5: "mortgage, interest rate, savings account, dividend, current account",
    4: "bank*, invest*, loan, credit card, pension, insur*, broker*",
    3: "finance, financial, currency, stock market",
    2: "stock, portfolio, fund",
  },
  "Software and technology": {
    5: "software, open source, source code, database, saas, sdk",
    4: "api, developer, documentation, deploy*, debug*, framework, machine learning, programming",
    3: "cloud, code, algorithm, repository",
    2: "server, program, app, platform",
  },
  Education: {
    5: "university, student, curricul*, campus, online course, scholarship",
    4: "school, lecture*, teacher, professor, homework, lesson, undergraduate",
    3: "exam, degree, faculty, education",
    2: "learn, learning, course, class",
  },
  Games: {
    5: "gameplay, video game, multiplayer, gamer, xbox, playstation, nintendo, esport",
    4: "high score, level up, dungeon, game studio",
    3: "game, gaming, player, console, puzzle",
    2: "quest, level",
  },
  Music: {
    5: "guitar, lyric, musician, orchestra, discography",
    4: "album, song, concert, singer, playlist, vinyl, piano, music, melod*, tour date",
    3: "band, drummer, festival",
    2: "track, stage",
  },
  "Film and television": {
    5: "movie, cinema, box office, screenplay, tv series, film festival",
    4: "film, actor, actress, episode, television, documentary",
    3: "trailer, starring, cast",
    2: "director, streaming, scene",
  },
  "Real estate": {
    5: "real estate, for rent, realtor, square feet, house for sale, estate agent",
    4: "apartment, bedroom, landlord, open house, condo",
    3: "property, properties, tenant, villa, lease",
    2: "listing, rent",
  },
  "Jobs and careers": {
    5: "job opening, vacanc*, recruit*, cover letter, open position",
    4: "career, salary, salaries, hiring, employer, full time, part time, job",
    3: "resume, apply now, candidate, interview",
    1: "remote",
  },
  "Cars and vehicles": {
    5: "vehicle, test drive, horsepower, dealership, motorcycle, electric car, gearbox, automotive",
    4: "car, mileage, sedan, truck, suv",
    3: "engine, tire, fuel, brake, driver",
  },
  "Government and law": {
    5: "government, ministry, ministries, parliament, legislation, attorney, lawyer, statute",
    4: "citizen, court, public service, election, law firm, senate",
    3: "regulation, council, permit, legal, law",
    2: "policy, policies, office",
  },
  "Science and nature": {
    5: "scientist, species, physics, biolog*, astronom*, telescope, wildlife, galax*, ecosystem",
    4: "climate, laborator*, experiment, chemi*, conservation",
    3: "research*, forest, science, scientific, planet",
    2: "nature, study, studies",
  },
  "Home and garden": {
    5: "garden*, furniture, interior design, renovat*, lawn, seedling, compost, pruning",
    4: "decor, decorat*, sofa, soil, carpent*, do it yourself",
    3: "plant, planting, bathroom, tool",
    2: "paint, home, wood",
  },
  "Fashion and beauty": {
    5: "fashion, makeup, skincare, outfit, cosmetic*, perfume, lipstick",
    4: "dress, dresses, runway, wardrobe, jewel*, hairstyle",
    3: "shoe, beauty, couture, style",
    2: "designer, collection, trend",
  },
  "Community and charity": {
    5: "forum, charit*, donat*, log in to reply, join the discussion, nonprofit",
    4: "volunteer*, moderator, friend request, follower, meetup, fundrais*",
    3: "community, communities, thread, chat",
    2: "member, profile",
  },
};

export const unknownCategory = "Other";
