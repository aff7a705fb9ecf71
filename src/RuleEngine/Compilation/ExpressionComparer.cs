using System.Collections.ObjectModel;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace PlanningServices.RuleEngine.Compilation;

/// <summary>
/// Tells whether two conditions on one fact are the same, so that they are compiled and evaluated once.
/// Parameters are compared by position; captured values only when they are the same object.
/// </summary>
internal sealed class ExpressionComparer : IEqualityComparer<LambdaExpression>
{
    public static readonly ExpressionComparer Instance = new();

    public bool Equals(LambdaExpression? x, LambdaExpression? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && new Comparison().AreEqual(x, y));

    public int GetHashCode(LambdaExpression obj)
    {
        var hash = new Hasher();
        hash.Visit(obj.Body);
        return hash.Code.ToHashCode();
    }

    private sealed class Hasher : ExpressionVisitor
    {
        public HashCode Code;

        public override Expression? Visit(Expression? node)
        {
            if (node is not null)
            {
                Code.Add(node.NodeType);
                Code.Add(node.Type);
            }
            return base.Visit(node);
        }

        protected override Expression VisitMember(MemberExpression node)
        {
            Code.Add(node.Member);
            return base.VisitMember(node);
        }

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            Code.Add(node.Method);
            return base.VisitMethodCall(node);
        }

        protected override Expression VisitConstant(ConstantExpression node)
        {
            if (node.Type.IsPrimitive || node.Type.IsEnum || node.Value is string)
                Code.Add(node.Value);
            else
                Code.Add(RuntimeHelpers.GetHashCode(node.Value));
            return node;
        }
    }

    private sealed class Comparison
    {
        private readonly Dictionary<ParameterExpression, ParameterExpression> _parameters = [];

        public bool AreEqual(Expression? x, Expression? y)
        {
            if (x is null || y is null)
                return x is null && y is null;
            if (x.NodeType != y.NodeType || x.Type != y.Type)
                return false;
            return (x, y) switch
            {
                (LambdaExpression a, LambdaExpression b) => AreEqualLambdas(a, b),
                (ParameterExpression a, ParameterExpression b) => _parameters.TryGetValue(a, out var known)
                    ? known == b
                    : a == b,
                (ConstantExpression a, ConstantExpression b) => AreEqualConstants(a, b),
                (MemberExpression a, MemberExpression b) => a.Member == b.Member
                    && AreEqual(a.Expression, b.Expression),
                (MethodCallExpression a, MethodCallExpression b) => a.Method == b.Method
                    && AreEqual(a.Object, b.Object)
                    && AreEqual(a.Arguments, b.Arguments),
                (BinaryExpression a, BinaryExpression b) => a.Method == b.Method
                    && AreEqual(a.Left, b.Left)
                    && AreEqual(a.Right, b.Right)
                    && AreEqual(a.Conversion, b.Conversion),
                (UnaryExpression a, UnaryExpression b) => a.Method == b.Method
                    && AreEqual(a.Operand, b.Operand),
                (ConditionalExpression a, ConditionalExpression b) => AreEqual(a.Test, b.Test)
                    && AreEqual(a.IfTrue, b.IfTrue)
                    && AreEqual(a.IfFalse, b.IfFalse),
                (TypeBinaryExpression a, TypeBinaryExpression b) => a.TypeOperand == b.TypeOperand
                    && AreEqual(a.Expression, b.Expression),
                (NewExpression a, NewExpression b) => a.Constructor == b.Constructor
                    && AreEqual(a.Arguments, b.Arguments),
                (InvocationExpression a, InvocationExpression b) => AreEqual(a.Expression, b.Expression)
                    && AreEqual(a.Arguments, b.Arguments),
                (NewArrayExpression a, NewArrayExpression b) => AreEqual(a.Expressions, b.Expressions),
                // Kinds not listed are compiled on their own.
                _ => false,
            };
        }

        private bool AreEqualLambdas(LambdaExpression x, LambdaExpression y)
        {
            if (x.Parameters.Count != y.Parameters.Count)
                return false;
            for (var i = 0; i < x.Parameters.Count; i++)
            {
                if (x.Parameters[i].Type != y.Parameters[i].Type)
                    return false;
                _parameters[x.Parameters[i]] = y.Parameters[i];
            }
            return AreEqual(x.Body, y.Body);
        }

        private static bool AreEqualConstants(ConstantExpression x, ConstantExpression y) =>
            x.Type.IsPrimitive || x.Type.IsEnum || x.Value is string
                ? Equals(x.Value, y.Value)
                : ReferenceEquals(x.Value, y.Value);

        private bool AreEqual(ReadOnlyCollection<Expression> x, ReadOnlyCollection<Expression> y)
        {
            if (x.Count != y.Count)
                return false;
            for (var i = 0; i < x.Count; i++)
            {
                if (!AreEqual(x[i], y[i]))
                    return false;
            }
            return true;
        }
    }
}
