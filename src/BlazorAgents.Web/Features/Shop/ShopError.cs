namespace BlazorAgents.Web.Features.Shop;

/// <summary>Why a tool did nothing.</summary>
/// <param name="Error">What is wrong and what to do.</param>
/// <param name="Field">The parameter that is wrong.</param>
internal sealed record ShopError(string Error, string Field)
{
    public static ShopError Of(ShopProblem? problem) =>
        problem is null ? throw new ArgumentNullException(nameof(problem)) : new(problem.Message, problem.Field);
}
