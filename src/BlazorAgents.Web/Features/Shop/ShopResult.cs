namespace BlazorAgents.Web.Features.Shop;

/// <summary>What the shop did, or why not: exactly one of the two is there.</summary>
public sealed class ShopResult<T>
    where T : class
{
    /// <summary>It was done.</summary>
    public ShopResult(T value) => Value = value;

    /// <summary>It was not done.</summary>
    public ShopResult(ShopProblem problem) => Problem = problem;

    /// <summary>What was done; null when it was not.</summary>
    public T? Value { get; }

    /// <summary>Why not; null when it was done.</summary>
    public ShopProblem? Problem { get; }
}
