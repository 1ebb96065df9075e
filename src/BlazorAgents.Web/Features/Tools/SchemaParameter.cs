namespace BlazorAgents.Web.Features.Tools;

/// <summary>An argument of a tool, for reading.</summary>
/// <param name="Name">Its name; of a member of a group the whole way, as <c>order.quantity</c> or <c>items[].product</c>.</param>
/// <param name="Type">What it is, in words.</param>
/// <param name="IsRequired">The model must give it, or must with the group around it.</param>
/// <param name="Values">The only values allowed; empty for any.</param>
/// <param name="Limits">What else it must be, in words.</param>
/// <param name="Description">What the model is told about it.</param>
public sealed record SchemaParameter(
    string Name, string Type, bool IsRequired, IReadOnlyList<string> Values, IReadOnlyList<string> Limits, string? Description);
