using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using BlazorAgents.Agents.Tools;

namespace BlazorAgents.Web.Tests.Chat;

/// <summary>A tool that costs money: its calls wait for an approver.</summary>
internal static class OrderTool
{
    public const string Name = "create_order";

    public static AgentTool Create() => AgentTool.Create(Order, Name, new() { Risk = ToolRisk.Money, Preview = Preview });

    [Description("Places an order.")]
    private static string Order([Description("What to order.")] string product, [Range(1, 10)] int quantity, string? api_key = null) => $"Ordered {quantity} x {product}.";

    private static ToolPreview Preview(string product, int quantity) => new($"Order {quantity} x {product}", [$"Stock goes down by {quantity}."], product, null);
}
