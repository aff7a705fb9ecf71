using NRules.Fluent.Dsl;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Tests.RuleClasses;

internal sealed class VoucherCase(Voucher voucher) : Case
{
    public override string SubjectId => Voucher.VoucherId;

    public Voucher Voucher { get; } = voucher;
}

internal sealed class AgreementCase(Agreement agreement) : Case
{
    public override string SubjectId => Agreement.AgreementId;

    public Agreement Agreement { get; } = agreement;
}

/// <summary>A rule class as it should be; those below each do one thing otherwise.</summary>
[Name("Good")]
[Tag("TST-GOOD")]
[Description("There is a voucher that is not on an agreement.")]
internal sealed class Good : Rule
{
    public override void Define()
    {
        VoucherCase voucher = null!;

        When().Match(() => voucher).Not<AgreementCase>(a => a.SubjectId == voucher.Voucher.AgreementId);
        Then().Yield(ctx => ctx.Found(voucher, $"Found."));
    }
}

[Name("Twin")]
[Tag("TST-GOOD")]
[Description("Has the code of another rule.")]
internal sealed class Twin : Rule
{
    public override void Define()
    {
        VoucherCase voucher = null!;

        When().Match(() => voucher);
        Then().Yield(ctx => ctx.Found(voucher, $"Found."));
    }
}

[Name("Untagged")]
[Description("Has no code.")]
internal sealed class Untagged : Rule
{
    public override void Define()
    {
        VoucherCase voucher = null!;

        When().Match(() => voucher);
        Then().Yield(ctx => ctx.Found(voucher, $"Found."));
    }
}

[Name("Unknown code")]
[Tag("TST-UNKNOWN")]
[Description("Has a code that no table has.")]
internal sealed class UnknownCode : Rule
{
    public override void Define()
    {
        VoucherCase voucher = null!;

        When().Match(() => voucher);
        Then().Yield(ctx => ctx.Found(voucher, $"Found."));
    }
}

[Name("Two codes")]
[Tag("TST-ONE")]
[Tag("TST-TWO")]
[Description("Has two codes.")]
internal sealed class TwoCodes : Rule
{
    public override void Define()
    {
        VoucherCase voucher = null!;

        When().Match(() => voucher);
        Then().Yield(ctx => ctx.Found(voucher, $"Found."));
    }
}

[Name("Never inserted")]
[Tag("TST-NEVER")]
[Description("Looks for facts that nothing inserts.")]
internal sealed class NeverInserted : Rule
{
    public override void Define()
    {
        VoucherCase voucher = null!;
        IEnumerable<Payment> payments = null!;

        When()
            .Match(() => voucher)
            .Query(
                () => payments,
                q => q.Match<Payment>(p => p.InvoiceNumber == voucher.SubjectId).Collect()
            );
        Then().Yield(ctx => ctx.Found(voucher, $"Found."));
    }
}

[Name("Unbound")]
[Tag("TST-UNBOUND")]
[Description("Its condition reads a variable that no pattern binds.")]
internal sealed class Unbound : Rule
{
    public override void Define()
    {
        VoucherCase voucher = null!;
        VoucherCase other = null!;

        When().Match(() => voucher, v => v.Voucher.Days == other.Voucher.Days);
        Then().Yield(ctx => ctx.Found(voucher, $"Found."));
    }
}

[Name("Not compilable")]
[Tag("TST-COMPILE")]
[Description("Binds one variable twice.")]
internal sealed class NotCompilable : Rule
{
    public override void Define()
    {
        VoucherCase voucher = null!;

        When().Match(() => voucher).Match(() => voucher, v => v.Voucher.Days > 5);
        Then().Yield(ctx => ctx.Found(voucher, $"Found."));
    }
}

internal sealed record Step(VoucherCase Voucher);

[Name("Step")]
[Description("Finds nothing, but yields a fact that others look for.")]
internal sealed class Stepping : Rule
{
    public override void Define()
    {
        VoucherCase voucher = null!;

        When().Match(() => voucher);
        Then().Yield(_ => new Step(voucher));
    }
}

[Name("After the step")]
[Tag("TST-STEP")]
[Description("There is such a step.")]
internal sealed class AfterStep : Rule
{
    public override void Define()
    {
        VoucherCase voucher = null!;

        When().Match(() => voucher).Exists<Step>(s => s.Voucher == voucher);
        Then().Yield(ctx => ctx.Found(voucher, $"Found."));
    }
}
