using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Building;

/// <summary>Collects what a rule class writes, and makes the rule's definition of it.</summary>
internal sealed class RuleBuilder
{
    private readonly VariableScope _scope = new();

    public RuleBuilder()
    {
        LeftHandSide = new LeftHandSideBuilder(_scope);
        RightHandSide = new RightHandSideBuilder(_scope);
        Filters = new FilterBuilder(_scope);
        Dependencies = new DependencyBuilder(_scope);
    }

    public string? Name { get; set; }

    public int? Priority { get; set; }

    public LeftHandSideBuilder LeftHandSide { get; }

    public RightHandSideBuilder RightHandSide { get; }

    public FilterBuilder Filters { get; }

    public DependencyBuilder Dependencies { get; }

    public RuleDefinition Build(IRuleMetadata metadata)
    {
        var leftHandSide = new AndElement(LeftHandSide.Elements);
        if (leftHandSide.ChildElements.Count == 0)
            throw new ArgumentException("The rule has no pattern. Add at least one to When().");
        if (RightHandSide.Actions.Count == 0)
            throw new ArgumentException("The rule has no action. Add at least one to Then().");
        return new RuleDefinition
        {
            Name = Name ?? metadata.Name,
            Description = metadata.Description,
            Priority = Priority ?? metadata.Priority ?? 0,
            Repeatability = metadata.Repeatability ?? RuleRepeatability.Repeatable,
            Tags = metadata.Tags,
            Properties = new PropertyMap([new RuleProperty(RuleProperties.ClrType, metadata.RuleType)]),
            DependencyGroup = new DependencyGroupElement(Dependencies.Elements),
            LeftHandSide = leftHandSide,
            FilterGroup = new FilterGroupElement(Filters.Elements),
            RightHandSide = new ActionGroupElement(RightHandSide.Actions),
        };
    }
}
