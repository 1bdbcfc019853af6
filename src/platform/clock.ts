/** The process's clock; contexts carry it as `ctx.now()`, so that tests can set the time. */
export const systemClock = (): Date => new Date();
