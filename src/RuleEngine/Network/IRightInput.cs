namespace PlanningServices.RuleEngine.Network;

/// <summary>Where facts come into a rule.</summary>
internal interface IRightInput
{
    /// <summary>The number of the input in the session; 0 when facts do not come in here.</summary>
    int Number { get; set; }

    /// <summary>Takes a fact in; returns its row.</summary>
    int AddRight(Fact fact);

    /// <summary>The fact was updated and is still to be here.</summary>
    void UpdateRight(int row);

    /// <summary>Takes the fact out.</summary>
    void RemoveRight(int row);

    ref FactLink LinkOf(int row);

    /// <summary>Hands on what waits until a batch is in.</summary>
    void Flush();
}
