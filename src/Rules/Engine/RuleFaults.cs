using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.ExceptionServices;
using NRules.Diagnostics;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Engine;

/// <summary>
/// Says which rule failed, on which subject and with which values. The engine's own exceptions name neither the facts
/// nor, for conditions that rules share, the rule; its events do.
/// </summary>
internal static class RuleFaults
{
    // What a case is about, by what it holds. A payment holds its request, too, and a request its voucher.
    private static readonly (string Property, string Subject)[] Subjects =
    [
        ("Payment", "payment"),
        ("Request", "payment_request"),
        ("Submission", "payment_request"),
        ("Grant", "agreement"),
        ("Voucher", "voucher"),
        ("Life", "voucher"),
        ("Agreement", "agreement"),
    ];

    /// <summary>Lets go of what the engine wraps around a fault of a rule.</summary>
    /// <exception cref="RuleFaultException">A condition or an action threw.</exception>
    public static int Throwing(Func<int> fire)
    {
        try
        {
            return fire();
        }
        catch (RuleExpressionEvaluationException e) when (FaultIn(e) is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
            throw;
        }
    }

    /// <summary>Makes the sessions of a factory throw <see cref="RuleFaultException"/> where a rule throws.</summary>
    public static void ThrowFrom(ISessionFactory factory)
    {
        factory.Events.LhsExpressionFailedEvent += (_, failed) => throw Of(failed.Rules.First(), failed);
        factory.Events.AgendaExpressionFailedEvent += (_, failed) => throw Of(failed.Rule, failed);
        factory.Events.RhsExpressionFailedEvent += (_, failed) => throw Of(failed.Match.Rule, failed);
    }

    private static RuleFaultException? FaultIn(Exception? error) =>
        error is null ? null : error as RuleFaultException ?? FaultIn(error.InnerException);

    private static RuleFaultException Of(IRuleDefinition rule, ExpressionEventArgs failed)
    {
        object?[] arguments = [.. failed.Arguments];
        var lambda = (LambdaExpression)failed.Expression;
        if (lambda.Parameters.Count == arguments.Length + 1)
        {
            // The context, which an action gets before its facts.
            arguments = [null, .. arguments];
        }

        return new(
            rule.Name,
            rule.Tags is [var code, ..] ? code : "",
            arguments.Select(SubjectOf).FirstOrDefault(subject => subject.Length > 0, ""),
            ValuesRead.Of(lambda, arguments),
            failed.Exception!
        );
    }

    private static string SubjectOf(object? fact) =>
        fact is Case about
            ? Subjects
                .Where(s => about.GetType().GetProperty(s.Property) is not null)
                .Select(s => $"{s.Subject} {about.SubjectId}")
                .FirstOrDefault(about.SubjectId)
            : "";

    /// <summary>The members of facts that an expression reads, with their values.</summary>
    private sealed class ValuesRead(LambdaExpression lambda, object?[] arguments) : ExpressionVisitor
    {
        private readonly List<string> values = [];

        public static string Of(LambdaExpression lambda, object?[] arguments)
        {
            var read = new ValuesRead(lambda, arguments);
            read.Visit(lambda.Body);
            return string.Join(", ", read.values.Distinct(StringComparer.Ordinal));
        }

        protected override Expression VisitMember(MemberExpression node)
        {
            // Of a text's length it is the text that one wants to see.
            if (!IsOfParameter(node) || node.Member.Module == typeof(object).Module)
            {
                return base.VisitMember(node);
            }

            if (Value(node) is { } value)
            {
                values.Add($"{ConditionText.Words(node.Member.Name)} {value}");
            }

            return node;
        }

        private static bool IsOfParameter(Expression? node) =>
            node switch
            {
                MemberExpression member => member.Expression is ParameterExpression
                    || IsOfParameter(member.Expression),
                _ => false,
            };

        /// <summary>The value as text; null where reading it is what failed.</summary>
        private string? Value(Expression member)
        {
            try
            {
                return TextFormat.Of(
                    Expression
                        .Lambda(member, lambda.Parameters)
                        .Compile(preferInterpretation: true)
                        .DynamicInvoke(arguments)
                );
            }
            catch (TargetInvocationException)
            {
                return null;
            }
        }
    }
}
