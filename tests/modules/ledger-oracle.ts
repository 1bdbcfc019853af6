/** What one customer's money in one currency comes to, kept in the plainest way: slow, and obvious. */
export type OracleInvoice = {
  id: string;
  status: "open" | "paid" | "void" | "uncollectible";
  total: number;
  credit: number;
  paid: number;
  credited: number;
  returned: number;
  toRefund: number;
};

type Allocation = { invoice: OracleInvoice; amount: number; disputed: number };

export type OraclePayment = {
  id: string;
  there: string | null;
  amount: number;
  refunded: number;
  disputed: number;
  unallocated: number;
  allocations: Allocation[];
};

export type OracleRefund = {
  id: string;
  payment: OraclePayment;
  amount: number;
  fromCredit: number;
};

export type OracleDispute = {
  id: string;
  payment: OraclePayment;
  amount: number;
  taken: number;
  fromCredit: number;
  fromInvoices: number;
};

export function dueOf(one: OracleInvoice): number {
  if (one.status === "void") return 0;
  return one.total - one.credit - one.paid - one.credited + one.returned;
}

const isPayable = ({ status }: OracleInvoice) =>
  status === "open" || status === "uncollectible";
const least = (...of: number[]) => Math.max(0, Math.min(...of));
const leftOf = (one: OraclePayment) => one.amount - one.refunded - one.disputed;

/** Each verb gives whether it must pass; one that must not changes nothing. */
export function ledgerOracle() {
  const invoices: OracleInvoice[] = [];
  const payments: OraclePayment[] = [];
  const refunds: OracleRefund[] = [];
  const disputes: OracleDispute[] = [];
  let credit = 0;

  const owed = () =>
    invoices
      .filter(({ status }) => status === "open")
      .reduce((sum, one) => sum + dueOf(one), 0);

  function payPart(invoice: OracleInvoice, left: number): number {
    const part = isPayable(invoice) ? least(left, dueOf(invoice)) : 0;
    invoice.paid += part;
    if (part > 0 && dueOf(invoice) === 0) invoice.status = "paid";
    return part;
  }

  return {
    ...{ invoices, payments, refunds, disputes },
    credit: () => credit,
    balance: () => credit - owed(),
    received: () => payments.reduce((sum, one) => sum + leftOf(one), 0),

    issue(id: string, total: number): void {
      const taken = least(credit, total);
      credit -= taken;
      const sums = { paid: 0, credited: 0, returned: 0, toRefund: 0 };
      const status = taken === total ? "paid" : "open";
      invoices.push({ id, status, total, credit: taken, ...sums });
    },
    pay(
      payment: Pick<OraclePayment, "id" | "there" | "amount">,
      pays: OracleInvoice[],
      isBilledThere = false,
    ): void {
      let left = payment.amount;
      const allocations: Allocation[] = [];
      for (const invoice of pays) {
        const amount = payPart(invoice, left);
        if (amount > 0) allocations.push({ invoice, amount, disputed: 0 });
        left -= amount;
      }
      const unallocated = isBilledThere ? 0 : left;
      credit += unallocated;
      // As the app reads them: by the invoices' ids.
      allocations.sort((a, b) => (a.invoice.id < b.invoice.id ? -1 : 1));
      const gone = { refunded: 0, disputed: 0 };
      payments.push({ ...payment, ...gone, unallocated, allocations });
    },
    refund(id: string, payment: OraclePayment, amount: number): boolean {
      if (amount > leftOf(payment)) return false;
      const fromCredit = least(amount, payment.unallocated, credit);
      payment.refunded += amount;
      payment.unallocated -= fromCredit;
      credit -= fromCredit;
      refunds.push({ id, payment, amount, fromCredit });
      return true;
    },
    refundFails(refund: OracleRefund): void {
      refunds.splice(refunds.indexOf(refund), 1);
      refund.payment.refunded -= refund.amount;
      refund.payment.unallocated += refund.fromCredit;
      credit += refund.fromCredit;
    },
    creditNote(
      invoice: OracleInvoice,
      amount: number,
      rest: "credit" | "refund",
    ): boolean {
      if (invoice.status !== "open" && invoice.status !== "paid") return false;
      if (amount > invoice.total - invoice.credited) return false;
      const over = amount - least(amount, dueOf(invoice));
      const paidLeft = invoice.paid - invoice.toRefund;
      const refund = rest === "credit" ? 0 : least(over, paidLeft);
      invoice.credited += amount;
      invoice.returned += over;
      invoice.toRefund += refund;
      credit += over - refund;
      if (dueOf(invoice) === 0) invoice.status = "paid";
      return true;
    },
    void(invoice: OracleInvoice): boolean {
      const isUntouched = invoice.paid === 0 && invoice.returned === 0;
      if (invoice.status !== "open" || !isUntouched) return false;
      credit += invoice.credit;
      invoice.status = "void";
      return true;
    },
    writeOff(invoice: OracleInvoice): boolean {
      if (invoice.status !== "open") return false;
      invoice.status = "uncollectible";
      return true;
    },
    payFromCredit(invoice: OracleInvoice): boolean {
      const taken = least(credit, dueOf(invoice));
      if (invoice.status !== "open" || taken === 0) return false;
      credit -= taken;
      invoice.credit += taken;
      if (dueOf(invoice) === 0) invoice.status = "paid";
      return true;
    },
    setBalance(to: number): void {
      credit = to + owed();
    },
    lose(id: string, payment: OraclePayment, amount: number): void {
      const taken = least(amount, leftOf(payment));
      const fromCredit = least(taken, payment.unallocated, credit);
      payment.disputed += taken;
      payment.unallocated -= fromCredit;
      credit -= fromCredit;
      let left = taken - fromCredit;
      for (const allocation of payment.allocations.toReversed()) {
        const { invoice } = allocation;
        const part = least(left, allocation.amount - allocation.disputed);
        allocation.disputed += part;
        invoice.paid -= part;
        if (part > 0 && invoice.status === "paid") invoice.status = "open";
        left -= part;
      }
      // The rest was credit that is spent: it is lost.
      const fromInvoices = taken - fromCredit - left;
      disputes.push({ id, payment, amount, taken, fromCredit, fromInvoices });
    },
    win(dispute: OracleDispute): void {
      disputes.splice(disputes.indexOf(dispute), 1);
      const { payment, taken, fromCredit, fromInvoices } = dispute;
      let left = fromInvoices;
      let toCredit = fromCredit;
      for (const allocation of payment.allocations) {
        const part = least(left, allocation.disputed);
        const back = payPart(allocation.invoice, part);
        allocation.disputed -= part;
        // What was paid meanwhile becomes credit, and pays the invoice no more.
        allocation.amount -= part - back;
        toCredit += part - back;
        left -= part;
      }
      payment.disputed -= taken;
      payment.unallocated += toCredit;
      credit += toCredit;
    },
  };
}

export type LedgerOracle = ReturnType<typeof ledgerOracle>;
