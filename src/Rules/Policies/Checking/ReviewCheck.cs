using PlanningServices.Rules.Conditions;

namespace PlanningServices.Rules.Policies.Checking;

/// <summary>Which rules of a pack make those due every night about whom they decide.</summary>
internal static class ReviewCheck
{
    public static IEnumerable<PolicyNotice> Notices(PolicyPack pack) =>
        pack
            .Rules.OfType<SubjectRule>()
            .SelectMany(rule =>
                rule.PlainDateReads.Select(read => new PolicyNotice(
                    rule.File,
                    read.Line,
                    $"{read.Text} of {rule.Title} reads the plain business date, so whoever it is evaluated for is due every night. Compare the date instead, such as 'as_of > voucher.created_on + 30'."
                ))
            );
}
