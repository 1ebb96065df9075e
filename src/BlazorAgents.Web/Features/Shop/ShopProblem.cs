namespace BlazorAgents.Web.Features.Shop;

/// <summary>Why the shop did not do something.</summary>
/// <param name="Field">The input that is wrong, as the tools name it.</param>
/// <param name="Message">What is wrong and what to do, for people and models.</param>
public sealed record ShopProblem(string Field, string Message);
