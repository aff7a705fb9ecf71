using System.Globalization;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies.Scenarios;

/// <summary>
/// Facts under other names: keys, invoice numbers, divisions and the names of partners are numbered. The numbers are in
/// the order of the names, because decisions between equal dates go by that order. Dates, days, amounts, countries and
/// products stay.
/// </summary>
internal static class AnonymousFacts
{
    /// <summary>
    /// The facts of a customer as of a date, with those of every partner and consultant that they refer to.
    /// </summary>
    public static FactSet Of(CustomerFacts all, ReferenceData reference, DateOnly asOf)
    {
        var customer = all.AsOf(asOf);
        var consultants = Known(customer.Vouchers.Select(v => v.ConsultantId), reference.Consultant);
        var locations = Known(
            [
                .. customer.Vouchers.Select(v => v.ReservedLocationId),
                .. customer.Requests.Select(r => r.LocationId),
            ],
            reference.Location
        );
        var partners = Known(
            [.. locations.Select(l => l.PartnerId), .. consultants.Select(c => c.PartnerId)],
            reference.Partner
        );
        return new()
        {
            Agreements = customer.Agreements,
            Grants = customer.Grants,
            Partners = partners,
            Locations = locations,
            Competencies =
            [
                .. partners
                    .SelectMany(p => reference.CompetenciesOf(p.PartnerId))
                    .Where(c => c.FromOn <= asOf),
            ],
            Enrollments =
            [
                .. partners
                    .SelectMany(p => reference.EnrollmentsOf(p.PartnerId))
                    .Where(e => e.SignedOn <= asOf),
            ],
            Consultants = consultants,
            Exams =
            [
                .. consultants
                    .SelectMany(c => reference.ExamsOf(c.ConsultantId))
                    .Where(e => e.PassedOn <= asOf),
            ],
            Vouchers = customer.Vouchers,
            Requests = customer.Requests,
            Payments = customer.Payments,
            Allocations = AllocationsAmong(customer),
        };
    }

    /// <summary>The same facts under other names, and the other names of their vouchers.</summary>
    public static (FactSet Facts, IReadOnlyDictionary<string, string> Vouchers) Renamed(FactSet facts)
    {
        var partners = Numbered("P-", facts.Partners.Select(p => p.PartnerId));
        var locations = Numbered("L-", facts.Locations.Select(l => l.LocationId));
        var consultants = Numbered("C-", facts.Consultants.Select(c => c.ConsultantId));
        var agreements = Numbered("A-", facts.Agreements.Select(a => a.AgreementId));
        var vouchers = Numbered("V-", facts.Vouchers.Select(v => v.VoucherId));
        var ofPartners = WithPartners(facts, partners, locations, consultants);
        var ofVouchers = WithVouchers(ofPartners, agreements, vouchers, locations, consultants);
        return (WithMoney(ofVouchers, vouchers, locations), vouchers);
    }

    private static FactSet WithPartners(
        FactSet facts,
        Dictionary<string, string> partners,
        Dictionary<string, string> locations,
        Dictionary<string, string> consultants
    ) =>
        facts with
        {
            Partners =
            [
                .. facts.Partners.Select(p => new Partner(
                    partners[p.PartnerId],
                    "Partner " + partners[p.PartnerId][2..]
                )),
            ],
            Locations =
            [
                .. facts.Locations.Select(l =>
                    l with
                    {
                        LocationId = locations[l.LocationId],
                        PartnerId = partners[l.PartnerId],
                    }
                ),
            ],
            Competencies = [.. facts.Competencies.Select(c => c with { PartnerId = partners[c.PartnerId] })],
            Enrollments = [.. facts.Enrollments.Select(e => e with { PartnerId = partners[e.PartnerId] })],
            Consultants =
            [
                .. facts.Consultants.Select(c => new Consultant(
                    consultants[c.ConsultantId],
                    partners[c.PartnerId]
                )),
            ],
            Exams = [.. facts.Exams.Select(e => e with { ConsultantId = consultants[e.ConsultantId] })],
        };

    private static FactSet WithVouchers(
        FactSet facts,
        Dictionary<string, string> agreements,
        Dictionary<string, string> vouchers,
        Dictionary<string, string> locations,
        Dictionary<string, string> consultants
    )
    {
        var customers = Numbered("Customer-", facts.Agreements.Select(a => a.CustomerId));
        var grants = Numbered("G-", facts.Grants.Select(g => g.GrantId));
        var divisions = Numbered("Division ", facts.Vouchers.Select(v => v.Division).OfType<string>());
        return facts with
        {
            Agreements =
            [
                .. facts.Agreements.Select(a =>
                    a with
                    {
                        AgreementId = agreements[a.AgreementId],
                        CustomerId = customers[a.CustomerId],
                    }
                ),
            ],
            Grants =
            [
                .. facts.Grants.Select(g =>
                    g with
                    {
                        GrantId = grants[g.GrantId],
                        AgreementId = agreements[g.AgreementId],
                    }
                ),
            ],
            Vouchers =
            [
                .. facts.Vouchers.Select(v =>
                    v with
                    {
                        VoucherId = vouchers[v.VoucherId],
                        AgreementId = agreements[v.AgreementId],
                        Division = v.Division is { } division ? divisions[division] : null,
                        ReservedLocationId = v.ReservedLocationId is { } location
                            ? locations[location]
                            : null,
                        ConsultantId = v.ConsultantId is { } consultant ? consultants[consultant] : null,
                    }
                ),
            ],
        };
    }

    private static FactSet WithMoney(
        FactSet facts,
        Dictionary<string, string> vouchers,
        Dictionary<string, string> locations
    )
    {
        var requests = Numbered("R-", facts.Requests.Select(r => r.RequestId));
        var payments = Numbered("M-", facts.Payments.Select(p => p.PaymentId));
        var invoices = Numbered(
            "I-",
            [.. facts.Requests.Select(r => r.InvoiceNumber), .. facts.Payments.Select(p => p.InvoiceNumber)]
        );
        return facts with
        {
            Requests =
            [
                .. facts.Requests.Select(r =>
                    r with
                    {
                        RequestId = requests[r.RequestId],
                        VoucherId = vouchers[r.VoucherId],
                        LocationId = locations[r.LocationId],
                        InvoiceNumber = invoices[r.InvoiceNumber],
                    }
                ),
            ],
            Payments =
            [
                .. facts.Payments.Select(p =>
                    p with
                    {
                        PaymentId = payments[p.PaymentId],
                        RequestId = p.RequestId is { } request ? requests[request] : null,
                        InvoiceNumber = invoices[p.InvoiceNumber],
                    }
                ),
            ],
            Allocations =
            [
                .. facts.Allocations.Select(a =>
                    a with
                    {
                        PaymentId = payments[a.PaymentId],
                        RequestId = requests[a.RequestId],
                    }
                ),
            ],
        };
    }

    /// <summary>The allocations of its payments to its requests: those to others are of no use without the others.</summary>
    private static IReadOnlyList<PaymentAllocation> AllocationsAmong(CustomerFacts customer)
    {
        var payments = customer.Payments.Select(p => p.PaymentId).ToHashSet(StringComparer.Ordinal);
        var requests = customer.Requests.Select(r => r.RequestId).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. customer.Allocations.Where(a =>
                payments.Contains(a.PaymentId) && requests.Contains(a.RequestId)
            ),
        ];
    }

    private static List<T> Known<T>(IEnumerable<string?> ids, Func<string, T?> find)
        where T : class =>
        [
            .. ids.OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(find)
                .OfType<T>(),
        ];

    /// <summary>The names with numbers of equal length, so that the new names are in the order of the old.</summary>
    private static Dictionary<string, string> Numbered(string prefix, IEnumerable<string> names)
    {
        var inOrder = names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var form = "D" + inOrder.Count.ToString(CultureInfo.InvariantCulture).Length;
        return inOrder
            .Index()
            .ToDictionary(
                n => n.Item,
                n => prefix + (n.Index + 1).ToString(form, CultureInfo.InvariantCulture),
                StringComparer.Ordinal
            );
    }
}
