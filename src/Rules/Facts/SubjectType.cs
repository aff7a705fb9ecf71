namespace PlanningServices.Rules.Facts;

/// <summary>The kinds of fact that decisions are about. The numbers are stored in databases.</summary>
public enum SubjectType
{
    /// <summary>A voucher, named <c>voucher</c>.</summary>
    Voucher = 1,

    /// <summary>An agreement, named <c>agreement</c>.</summary>
    Agreement = 2,

    /// <summary>A payment request, named <c>payment_request</c>.</summary>
    PaymentRequest = 3,

    /// <summary>A payment, named <c>payment</c>.</summary>
    Payment = 4,

    /// <summary>A partner with an engagement, named <c>partner_engagement</c> and written <c>PARTNER/ENGAGEMENT</c>.</summary>
    PartnerEngagement = 5,
}

/// <summary>The names of the kinds of subjects.</summary>
public static class SubjectTypes
{
    /// <summary>The name in files, tables and on the command line.</summary>
    public static string Text(this SubjectType subject) =>
        subject switch
        {
            SubjectType.Voucher => "voucher",
            SubjectType.Agreement => "agreement",
            SubjectType.PaymentRequest => "payment_request",
            SubjectType.Payment => "payment",
            SubjectType.PartnerEngagement => "partner_engagement",
        };
}
