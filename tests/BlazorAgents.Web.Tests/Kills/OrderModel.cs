using System.Runtime.CompilerServices;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Web.Tests.Kills;

/// <summary>A model that wants one order: it asks for it until it is told that it was carried out, or that nobody knows.</summary>
internal static class OrderModel
{
    public const string Thanks = "Thanks";
    public const string Unknown = "I cannot tell whether the order was placed.";
    public const string Ordered = "Ordered.";
    public const string Tool = "create_order";

    public static ScriptedChatClient Create() => new() { Otherwise = (request, cancellationToken) => AnswerAsync(request.Messages, cancellationToken) };

    private static async IAsyncEnumerable<ChatResponseUpdate> AnswerAsync(
        IReadOnlyList<ChatMessage> messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => $"{r.Result}").ToList();
        AIContent content = messages[^1].Text == Thanks ? new TextContent("You are welcome.")
            : told.Any(t => t.Contains("ORD", StringComparison.Ordinal) || t.Contains("was carried out", StringComparison.Ordinal)) ? new TextContent(Ordered)
            : told.Any(t => t.Contains("stock", StringComparison.Ordinal)) ? new TextContent("Sold out.")
            : told.Any(t => t.Contains("unknown", StringComparison.Ordinal)) ? new TextContent(Unknown)
            : ScriptedChatClient.Call("order", Tool, """{"customer_id":"CUST001","product_id":"p001","quantity":2}""");
        var reason = content is TextContent ? ChatFinishReason.Stop : ChatFinishReason.ToolCalls;
        await foreach (var update in ScriptedChatClient.Stream(reason, [content], cancellationToken))
        {
            yield return update;
        }
    }
}
