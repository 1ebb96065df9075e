namespace BlazorAgents.Runs;

/// <summary>How a value fits a condition; of several values the greatest counts where one is enough.</summary>
internal enum ConditionFit
{
    /// <summary>There is no such value.</summary>
    Missing,

    /// <summary>It does not hold.</summary>
    No,

    /// <summary>It holds.</summary>
    Yes,

    /// <summary>The operator cannot judge a value of this type.</summary>
    WrongType,
}
