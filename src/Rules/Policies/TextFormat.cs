using System.Globalization;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies;

/// <summary>How values are written in sentences, evidence and details, wherever the program runs.</summary>
internal static class TextFormat
{
    public static string Of(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);

    public static string Of(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Of(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Of(object? value) =>
        value switch
        {
            null => "absent",
            string text => text,
            DateOnly date => Of(date),
            BusinessDate date => Of(date.Date),
            DayCount days => Of(days.Number),
            decimal amount => Of(amount),
            int number => Of(number),
            bool flag => flag ? "yes" : "no",
            CompetencyLevel.Silver => "silver",
            CompetencyLevel.Gold => "gold",
            ExpiryAnchor.Assigned => "assigned",
            ExpiryAnchor.Created => "created",
            // Of a fact its key, since all that is known of it is not a value.
            Voucher voucher => voucher.VoucherId,
            Agreement agreement => agreement.AgreementId,
            EntitlementGrant grant => grant.GrantId,
            PaymentRequest request => request.RequestId,
            Payment payment => payment.PaymentId,
            Rate rate => $"{Of(rate.Amount)} {rate.Currency}",
            IEnumerable<int> numbers => string.Join(", ", numbers.Select(Of)),
            IEnumerable<string> texts => string.Join(", ", texts),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    /// <summary>The sentence with its values written as above.</summary>
    public static string Of(FormattableString sentence) =>
        string.Format(
            CultureInfo.InvariantCulture,
            sentence.Format,
            Array.ConvertAll(sentence.GetArguments(), a => (object)Of(a))
        );
}
