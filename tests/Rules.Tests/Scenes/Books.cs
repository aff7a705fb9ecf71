namespace PlanningServices.Rules.Tests.Scenes;

internal static class Books
{
    public static readonly RuleBook Rules = RuleBook.Compile();
}
