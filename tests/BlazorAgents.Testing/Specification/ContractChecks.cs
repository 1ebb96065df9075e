namespace BlazorAgents.Testing.Specification;

/// <summary>What a <see cref="ContractHandler"/> judges.</summary>
[Flags]
public enum ContractChecks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Addresses, queries and bodies of requests.</summary>
    Requests = 1,

    /// <summary>Answers, errors and streamed events of the operations that the specification has.</summary>
    Answers = 2,

    /// <summary>A wrong request is not sent, but fails at once with a <see cref="ContractException"/>.</summary>
    Strict = 4,

    /// <summary>Everything, to be asserted at the end.</summary>
    All = Requests | Answers,
}
