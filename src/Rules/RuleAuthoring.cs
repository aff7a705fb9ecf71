using System.Reflection;
using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Eligibility;
using PlanningServices.Rules.Entitlement;
using PlanningServices.Rules.Expiry;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Payments;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Reconciliation;
using PlanningServices.Rules.Retirement;

namespace PlanningServices.Rules;

/// <summary>What rule classes that come with a policy pack are written with, whichever engine runs them.</summary>
public static class RuleAuthoring
{
    /// <summary>The assemblies of the model and of the rule engine.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [.. new[] { typeof(Voucher).Assembly, typeof(Rule).Assembly, typeof(IContext).Assembly }.Distinct()];

    /// <summary>The namespaces that are in scope in the source of a rule.</summary>
    public static IReadOnlyList<string> Namespaces { get; } =
    [
        .. new[]
        {
            typeof(Rule),
            typeof(IContext),
            typeof(RuleBook),
            typeof(RuleFindings),
            typeof(Finding),
            typeof(Voucher),
            typeof(Rate),
            typeof(RetirementCase),
            typeof(ExpiryCase),
            typeof(GrantCase),
            typeof(Reservation),
            typeof(RequestCase),
            typeof(RequestAccount),
        }.Select(t => t.Namespace!),
    ];

    /// <summary>
    /// The types of the model and of the engine that the source of a rule may use, each with the members it may use,
    /// or null for all of them. The name of a type stands for its constructors among them.
    /// </summary>
    public static IReadOnlyDictionary<Type, IReadOnlyList<string>?> Surface { get; } =
        new Dictionary<Type, IReadOnlyList<string>?>
        {
            [typeof(Rule)] = ["Rule", "Define", "When", "Then"],
            [typeof(NameAttribute)] = null,
            [typeof(TagAttribute)] = null,
            [typeof(DescriptionAttribute)] = null,
            [typeof(ILeftHandSideExpression)] = null,
            [typeof(IRightHandSideExpression)] = ["Yield"],
            [typeof(IContext)] = [],
            [typeof(IQuery)] = [],
            [typeof(IQuery<>)] = [],
            [typeof(ICollectQuery<>)] = [],
            [typeof(IOrderedQuery<>)] = [],
            [typeof(QueryExtensions)] = null,
            [typeof(IKeyedLookup<,>)] = null,
            [typeof(RuleFindings)] = null,
            [typeof(Finding)] = [],
            [typeof(Evidence)] = null,
            [typeof(CustomTerms)] = null,
            [typeof(PolicyValue<>)] = null,
            [typeof(Policies.Engagement)] = null,
            [typeof(Requirement)] = null,
            [typeof(Alternative)] = null,
            [typeof(Rate)] = null,
            [typeof(ExpiryAnchor)] = null,
            [typeof(RetirementCase)] = null,
            [typeof(RetirementOutcome)] = null,
            [typeof(ExpiryCase)] = null,
            [typeof(ExpiryOutcome)] = null,
            [typeof(GrantCase)] = null,
            [typeof(RefusedGrant)] = null,
            [typeof(AgreementBalance)] = null,
            [typeof(EntitlementOutcome)] = null,
            [typeof(Reservation)] = null,
            [typeof(EligibilityOutcome)] = null,
            [typeof(RequestCase)] = null,
            [typeof(RequestOutcome)] = null,
            [typeof(RedemptionCase)] = null,
            [typeof(RedemptionOutcome)] = null,
            [typeof(RequestAccount)] = null,
            [typeof(AccountOutcome)] = null,
            [typeof(PaymentMatch)] = null,
            [typeof(PaymentOutcome)] = null,
            [typeof(Agreement)] = null,
            [typeof(EntitlementGrant)] = null,
            [typeof(GrantSource)] = null,
            [typeof(Voucher)] = null,
            [typeof(PaymentRequest)] = null,
            [typeof(Payment)] = null,
            [typeof(PartnerCompetency)] = null,
            [typeof(CompetencyLevel)] = null,
            [typeof(Enrollment)] = null,
            [typeof(ConsultantExam)] = null,
        };
}
