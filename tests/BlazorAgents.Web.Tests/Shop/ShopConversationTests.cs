using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Web.Features.Shop;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Web.Tests.Shop;

/// <summary>The guide's conversation with the real tools and the offline model; every call is approved.</summary>
public sealed class ShopConversationTests
{
    private const int MostRounds = 8;

    [Fact]
    public async Task Guide_Conversation_PlacesOneOrderAndTellsItsStatus()
    {
        await using var host = await ShopHost.StartAsync();
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant });
        using var http = new HttpClient { BaseAddress = new Uri(server.BaseUrl + "/") };
        var agent = ShopAgent.Create(new ShopTools(host.Shop), new ShopPreviews(host.Shop));
        var tools = agent.Tools.Cast<AIFunction>().ToDictionary(tool => tool.Name);
        var messages = new JsonArray(new JsonObject { ["role"] = "system", ["content"] = agent.Instructions });
        var calls = new List<string>();
        var answers = new List<string>();

        foreach (var text in new[] { "I'm looking for a laptop", "Is it in stock?", "I'd like to order one. My customer ID is CUST001", "What's my order status?" })
        {
            messages.Add(new JsonObject { ["role"] = "user", ["content"] = text });
            answers.Add(await AnswerAsync(http, messages, tools, calls));
        }

        Assert.Equal(["search_products", "check_stock", "validate_customer", "calculate_shipping", "create_order", "get_order_status"], calls);
        Assert.Contains("Laptop", answers[0], StringComparison.Ordinal);
        Assert.Contains("limited stock", answers[1], StringComparison.Ordinal);
        Assert.Contains("1,005.98 $", answers[2], StringComparison.Ordinal);
        Assert.Contains("ORD0001", answers[3], StringComparison.Ordinal);
        Assert.Equal((1, 4), (await host.OrdersAsync(), await host.StockAsync("p001")));
    }

    private static async Task<string> AnswerAsync(HttpClient http, JsonArray messages, Dictionary<string, AIFunction> tools, List<string> calls)
    {
        var offered = tools.Values.Select(tool => (JsonNode)new JsonObject
        {
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = tool.Name, ["description"] = tool.Description, ["parameters"] = JsonNode.Parse(tool.JsonSchema.GetRawText()) },
        });
        var body = new JsonObject { ["model"] = DemoModel.ModelId, ["tools"] = new JsonArray([.. offered]) };
        for (var round = 0; round < MostRounds; round++)
        {
            body["messages"] = messages.DeepClone();
            using var response = await http.PostAsJsonAsync("chat/completions", body);
            var message = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("choices")[0].GetProperty("message");
            messages.Add(JsonNode.Parse(message.GetRawText()));
            if (!message.TryGetProperty("tool_calls", out var wanted))
            {
                return message.GetProperty("content").GetString()!;
            }

            foreach (var call in wanted.EnumerateArray())
            {
                var (id, function) = (call.GetProperty("id").GetString()!, call.GetProperty("function"));
                var tool = tools[function.GetProperty("name").GetString()!];
                var arguments = new AIFunctionArguments(JsonSerializer.Deserialize<Dictionary<string, object?>>(function.GetProperty("arguments").GetString()!)!)
                {
                    Context = new Dictionary<object, object?> { [typeof(ToolCallContext)] = new ToolCallContext(id, Caller: null) },
                };
                calls.Add(tool.Name);
                messages.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = id, ["content"] = JsonSerializer.Serialize(await tool.InvokeAsync(arguments)) });
            }
        }

        throw new InvalidOperationException("The model keeps calling tools.");
    }
}
