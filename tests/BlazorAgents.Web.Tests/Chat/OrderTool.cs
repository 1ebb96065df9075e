using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;

namespace BlazorAgents.Web.Tests.Chat;

/// <summary>A tool that costs money: its calls wait for an approver.</summary>
internal static class OrderTool
{
    public const string Name = "create_order";

    /// <summary>A tool that only writes: its calls wait for the requester or an approver.</summary>
    public const string Note = "add_note";

    /// <summary>A tool of no agent.</summary>
    public const string Clock = "get_time";

    /// <summary>A tool of no agent, for approvers.</summary>
    public const string Recount = "recount";

    public static AgentTool CreateClock() => AgentTool.Create(Tell, Clock);

    public static AgentTool CreateRecount() => AgentTool.Create(Tell, Recount, new() { MinimumRole = Roles.Approver });

    public static AgentTool CreateNote(Func<string>? ending = null) => AgentTool.Create(Add, Note, new()
    {
        Risk = ToolRisk.Write,
        Preview = (string text) => new ToolPreview($"Note {text}{ending?.Invoke()}", []),
    });

    /// <param name="ending">What the sentence about a call ends with at the moment; null for nothing.</param>
    public static AgentTool Create(Func<string>? ending = null) => AgentTool.Create(Order, Name, new()
    {
        Risk = ToolRisk.Money,
        Preview = (string product, int quantity) => new ToolPreview($"Order {quantity} x {product}{ending?.Invoke()}", [$"Stock goes down by {quantity}."], product),
    });

    [Description("Places an order.")]
    private static string Order([Description("What to order.")] string product, [Range(1, 10)] int quantity, string? api_key = null) => $"Ordered {quantity} x {product}.";

    [Description("Tells <b>the time</b>.")]
    private static string Tell() => "Ten o'clock.";

    [Description("Adds a note.")]
    private static string Add([Description("What to note.")] string text) => $"Noted {text}.";
}
