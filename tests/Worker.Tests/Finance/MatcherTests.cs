using System.Diagnostics;
using System.Globalization;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Tests.Finance;

/// <summary>Which requests a payment may be for.</summary>
public sealed class MatcherTests
{
    private static readonly DateOnly Submitted = new(2021, 1, 10);
    private static readonly DateOnly Paid = new(2021, 2, 10);

    [Theory]
    [InlineData("LC-2021-00107", "LC-2021-107")]
    [InlineData("LC-2021-00107", " lc - 2021 - 0107 ")]
    [InlineData("007", "7")]
    [InlineData("A0", "a00")]
    public void Invoice_numbers_are_the_same_but_for_spaces_case_and_leading_zeros(
        string one,
        string other
    ) => Assert.Equal(Matcher.Plain(one), Matcher.Plain(other));

    [Theory]
    [InlineData("LC-2021-00107", "LC-2021-00170")]
    [InlineData("A-10", "A-1")]
    [InlineData("A-1-0", "A-10")]
    public void Other_digits_and_signs_make_another_invoice_number(string one, string other) =>
        Assert.NotEqual(Matcher.Plain(one), Matcher.Plain(other));

    [Fact]
    public void An_invoice_number_weighs_more_than_an_amount_and_an_amount_more_than_a_partner()
    {
        var found = For(
            Payment("AB 1", 100m),
            Request("R1", "AB-9", "P1", 100m),
            Request("R2", "AB-7", "P1", 100.5m),
            Request("R3", "ab1", "P1", 70m),
            Request("R4", "AB 1", "P1", 60m),
            Request("R5", "AB-5", "P1", 55m)
        );

        Assert.Equal(["R4", "R3", "R1", "R2"], found.Best.Select(s => s.Requests.Single().RequestId));
        Assert.Equal(
            [
                "same invoice number, same partner, by the letters of its invoice number, same currency, 31 days apart",
                "same invoice number but for spaces, case and leading zeros, same partner, by the letters of its invoice number, same currency, 31 days apart",
                "same amount, same partner, by the letters of its invoice number, same currency, 31 days apart",
                "nearly the same amount, 0.50 less, same partner, by the letters of its invoice number, same currency, 31 days apart",
            ],
            found.Best.Select(s => string.Join(", ", s.Reasons))
        );
        Assert.False(found.IsAmbiguous);
    }

    [Fact]
    public void Days_apart_order_and_never_decide()
    {
        var found = For(
            Payment("X", 100m, "P1"),
            Request("R1", "A", "P1", 100m) with
            {
                SubmittedOn = Submitted.AddDays(-40),
            },
            Request("R2", "B", "P1", 100m)
        );

        Assert.Equal(["R2", "R1"], found.Best.Select(s => s.Requests.Single().RequestId));
        Assert.True(found.IsAmbiguous);
    }

    [Fact]
    public void What_is_paid_or_in_another_currency_or_submitted_later_or_of_another_partner_is_not_suggested() =>
        Assert.Empty(
            For(
                Payment("X", 100m, "P1"),
                Request("R1", "X", "P1", 0m),
                Request("R2", "X", "P1", 100m) with
                {
                    Currency = "USD",
                },
                Request("R3", "A", "P1", 100m) with
                {
                    SubmittedOn = Paid.AddDays(1),
                },
                Request("R4", "B", "P2", 100m)
            ).Best
        );

    [Fact]
    public void A_request_submitted_after_the_payment_is_suggested_for_its_invoice_number() =>
        Assert.Single(
            For(
                Payment("X", 100m),
                Request("R1", "x", "P1", 100m) with
                {
                    SubmittedOn = Paid.AddDays(3),
                }
            ).Best
        );

    [Fact]
    public void The_letters_of_invoice_numbers_tell_the_partner_where_they_are_those_of_one()
    {
        OpenRequest[] requests =
        [
            Request("R1", "AB-1", "P1", 0m),
            Request("R2", "AB-2", "P1", 100m),
            Request("R3", "CD-3", "P2", 100m),
        ];

        Assert.Equal("R2", Assert.Single(For(Payment("AB-99", 100m), requests).Best).Requests[0].RequestId);
        Assert.True(For(Payment("99", 100m), requests).IsAmbiguous);
        Assert.True(For(Payment("AB-99", 100m), [.. requests, Request("R4", "AB-4", "P2", 0m)]).IsAmbiguous);
    }

    [Fact]
    public void Requests_of_one_partner_that_add_up_are_combined_and_others_are_not()
    {
        var found = For(
            Payment("X", 100m),
            Request("R1", "A", "P1", 10m),
            Request("R2", "B", "P1", 20m),
            Request("R3", "C", "P1", 30m),
            Request("R4", "D", "P1", 40m),
            Request("R5", "E", "P2", 60m)
        );

        var best = Assert.Single(found.Best);
        Assert.Equal(["R1", "R2", "R3", "R4"], best.Requests.Select(r => r.RequestId).Order());
        Assert.Equal("amounts add up to it, same currency, 31 days apart", string.Join(", ", best.Reasons));
        Assert.False(found.IsAmbiguous);
        Assert.Empty(
            For(
                Payment("X", 100m),
                [.. Enumerable.Range(1, 5).Select(i => Request($"R{i}", "A", "P1", 20m))]
            ).Best
        );
    }

    [Fact]
    public void Requests_of_the_same_amount_are_alike_so_their_combination_is_ambiguous()
    {
        OpenRequest[] requests =
        [
            .. Enumerable.Range(1, 10).Select(i => Request($"R{i:00}", $"A-{i}", "P1", 50m)),
        ];

        var found = For(Payment("X", 100m, "P1"), requests);
        Assert.True(found.IsAmbiguous);
        Assert.Equal(45m, Assert.Single(found.Best).Ways);
        Assert.Contains("one of 45 such combinations", found.Best[0].Reasons);

        var three = For(Payment("a-7", 150m, "P1"), requests).Best[0];
        Assert.Equal("R07", three.Requests[0].RequestId);
    }

    [Fact]
    public void An_invoice_number_with_the_right_amount_is_not_combined_any_further() =>
        Assert.Single(
            For(
                Payment("X", 30m),
                Request("R1", "x", "P1", 30m),
                Request("R2", "B", "P1", 10m),
                Request("R3", "C", "P1", 20m)
            ).Best
        );

    /// <summary>Payments whose requests are known, among requests of rates that repeat.</summary>
    [Fact]
    public void Over_generated_cases_the_right_answer_is_first_the_ambiguous_is_said_to_be_so_and_none_is_wrong()
    {
        var (right, ambiguous, none) = (0, 0, 0);
        for (var seed = 1; seed <= 300; seed++)
        {
            var world = new Generated(seed);
            var matcher = new Matcher(world.Requests, 1m);
            foreach (var (payment, answers) in world.Payments())
            {
                var found = matcher.For(payment, []);
                var best = found.Best is [var top, ..] ? top : null;
                var first = best is null ? "" : Ids(best.Requests);
                var told = $"seed {seed}, {payment}: {first}, expected {string.Join(" or ", answers)}";
                if (answers.Count == 0)
                {
                    Assert.True(best is null, told);
                    none++;
                    continue;
                }

                Assert.True(answers.Contains(first), told);
                Assert.True(found.IsAmbiguous == answers.Count > 1, told);
                if (answers.Count > 1)
                {
                    ambiguous++;
                }
                else
                {
                    right++;
                }
            }
        }

        TestContext.Current.SendDiagnosticMessage(
            $"{right} right first, {ambiguous} said to be ambiguous, {none} without an answer, none wrong"
        );
        Assert.True(right > 500, $"{right}");
        Assert.True(ambiguous > 200, $"{ambiguous}");
        Assert.True(none > 100, $"{none}");
    }

    [Fact]
    public void A_partner_with_a_thousand_requests_of_different_amounts_takes_no_longer_than_pairs()
    {
        var random = new Random(1);
        OpenRequest[] requests =
        [
            .. Enumerable
                .Range(1, 1_000)
                .Select(i =>
                    Request($"R{i:0000}", $"A-{i}", "P1", random.NextInt64(100_000, 100_000_000_000) / 100m)
                ),
        ];
        var watch = Stopwatch.StartNew();
        var matcher = new Matcher(requests, 1m);
        for (var i = 0; i < 100; i++)
        {
            // Of the first requests, which are combined whatever comes after them.
            var four = requests.Skip(i).Take(4).ToList();
            var found = matcher.For(Payment($"X{i}", four.Sum(r => r.Due)), []);
            Assert.Contains(found.Best, s => Ids(s.Requests) == Ids(four));
        }

        // Pairs of pairs of 200 amounts, a hundred times: seconds at worst. All fours of a thousand are 41,417,124,750.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }

    private static PaymentSuggestions For(OpenPayment payment, params OpenRequest[] requests) =>
        new Matcher(requests, 1m).For(payment, []);

    private static OpenPayment Payment(string invoice, decimal left, string? partner = null) =>
        new("PM", invoice, Paid, "EUR", left, partner);

    private static OpenRequest Request(string id, string invoice, string partner, decimal due) =>
        new(id, invoice, partner, Submitted, "EUR", due);

    private static string Ids(IEnumerable<OpenRequest> requests) =>
        string.Join('+', requests.Select(r => r.RequestId).Order(StringComparer.Ordinal));

    /// <summary>Requests of a few partners, and payments with the answers that a person would give.</summary>
    private sealed class Generated
    {
        private static readonly decimal[] Rates = [1_450m, 4_350m, 7_250m, 14_500m, 21_750m];

        private readonly Random random;

        public Generated(int seed)
        {
            random = new(seed);
            var requests = new List<OpenRequest>();
            for (var partner = 1; partner <= 4; partner++)
            {
                for (var i = 1; i <= random.Next(3, 12); i++)
                {
                    // Most ask for a rate, some for an amount of their own.
                    var due =
                        random.Next(3) > 0
                            ? Rates[random.Next(Rates.Length)]
                            : random.Next(100_000, 900_000) / 100m;
                    requests.Add(
                        new(
                            $"R{partner}-{i}",
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{(char)('A' + partner)}X-2021-{partner * 100 + i:00000}"
                            ),
                            $"P{partner}",
                            Submitted.AddDays(-random.Next(60)),
                            "EUR",
                            due
                        )
                    );
                }
            }

            Requests = requests;
        }

        public List<OpenRequest> Requests { get; }

        public IEnumerable<(OpenPayment Payment, IReadOnlyList<string> Answers)> Payments()
        {
            for (var i = 0; i < 6; i++)
            {
                var one = Requests[random.Next(Requests.Count)];
                var partner = random.Next(2) == 0 ? one.PartnerId : null;
                var group = Requests.Where(r => r.PartnerId == one.PartnerId).ToArray();
                random.Shuffle(group);
                var some = group.Take(random.Next(2, 5)).ToList();
                yield return (i % 3) switch
                {
                    // The invoice number as somebody typed it: the request, whatever the amount.
                    0 => (
                        New(Typed(one.InvoiceNumber), one.Due + random.Next(-50, 50), partner),
                        [one.RequestId]
                    ),
                    // Another number: those of its amount, else the combinations.
                    1 => WithoutInvoice(one.Due, partner),
                    _ => WithoutInvoice(some.Sum(r => r.Due) + random.Next(4) / 1000m, partner),
                };
            }
        }

        private (OpenPayment, IReadOnlyList<string>) WithoutInvoice(decimal amount, string? partner)
        {
            var among = Requests.Where(r => partner is null || r.PartnerId == partner).ToList();
            IReadOnlyList<string>[] byReason =
            [
                [.. among.Where(r => r.Due == amount).Select(r => r.RequestId)],
                [.. among.GroupBy(r => r.PartnerId).SelectMany(g => AddingUp([.. g], amount))],
                [.. among.Where(r => Math.Abs(r.Due - amount) <= 1m).Select(r => r.RequestId)],
            ];
            return (New("0815", amount, partner), byReason.FirstOrDefault(r => r.Count > 0) ?? []);
        }

        /// <summary>Every two, three and four, one by one.</summary>
        private static IEnumerable<string> AddingUp(List<OpenRequest> requests, decimal sum)
        {
            for (var subset = 1; subset < 1 << requests.Count; subset++)
            {
                if (int.PopCount(subset) is >= 2 and <= 4)
                {
                    var chosen = requests.Where((_, i) => (subset >> i & 1) == 1).ToList();
                    if (chosen.Sum(r => r.Due) == sum)
                    {
                        yield return Ids(chosen);
                    }
                }
            }
        }

        private string Typed(string invoice) =>
            random.Next(4) switch
            {
                0 => invoice,
                1 => invoice.ToLowerInvariant(),
                2 => invoice.Replace("-00", "-", StringComparison.Ordinal),
                _ => " " + invoice.Replace("-", " - ", StringComparison.Ordinal),
            };

        private static OpenPayment New(string invoice, decimal amount, string? partner) =>
            new("PM", invoice, Paid, "EUR", amount, partner);
    }
}
