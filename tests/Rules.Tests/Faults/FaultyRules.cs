using NRules.Fluent.Dsl;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Tests.Faults;

/// <summary>What the rules below look at.</summary>
internal sealed class VoucherCase(Voucher voucher) : Case
{
    public override string SubjectId => Voucher.VoucherId;

    public Voucher Voucher { get; } = voucher;
}

[Name("Condition that throws")]
[Tag("TST-CONDITION")]
[Description("Reads the last letter of a division that may be empty.")]
internal sealed class ThrowingCondition : Rule
{
    public override void Define()
    {
        VoucherCase voucher = null!;

        When()
            .Match(
                () => voucher,
                v => v.Voucher.Days == 5,
                v =>
                    v.Voucher.CreatedOn < new DateOnly(2021, 1, 1)
                    && v.Voucher.Division!.Length > 2
                    && v.Voucher.Country.Length > 0
            );
        Then().Yield(ctx => ctx.Found(voucher, $"Never said."));
    }
}

[Name("Action that throws")]
[Tag("TST-ACTION")]
[Description("Adds so many days to the day of redemption that no calendar has it.")]
internal sealed class ThrowingAction : Rule
{
    public override void Define()
    {
        VoucherCase voucher = null!;

        When().Match(() => voucher, v => v.Voucher.Days == 10);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    voucher,
                    $"It ends on {voucher.Voucher.CreatedOn.AddDays(int.MaxValue)}.",
                    Evidence.Of("days", voucher.Voucher.Days)
                )
            );
    }
}
