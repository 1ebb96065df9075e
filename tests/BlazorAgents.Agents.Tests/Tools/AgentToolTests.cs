using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using BlazorAgents.Agents.Schema;
using BlazorAgents.Agents.Tools;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tests.Tools;

public sealed class AgentToolTests
{
    [Theory]
    [InlineData("""{"request":{"customer_id":"CUST001","product_id":"p001","quantity":1}}""", null)]
    [InlineData("""{"request":{"customer_id":"CUST001","product_id":"p001","quantity":2,"priority":"urgent"}}""", null)]
    [InlineData("""{"request":{"customer_id":"CUST001","product_id":"p001","quantity":0}}""", "quantity")]
    [InlineData("""{"request":{"customer_id":"CUST001","product_id":"p001","quantity":1,"priority":"asap"}}""", "priority")]
    [InlineData("""{"request":{"customer_id":"1","product_id":"p001","quantity":1}}""", "customer_id")]
    [InlineData("""{"request":{"product_id":"p001","quantity":1}}""", "customer_id")]
    [InlineData("""{}""", "request")]
    public void Schema_OfAParameterObject_ChecksEachField(string arguments, string? wrongField)
    {
        var tool = AgentTool.Create(CreateOrder, "create_order");

        var errors = new JsonSchemaValidator(tool.JsonSchema).Validate(JsonElement.Parse(arguments));

        Assert.Equal(wrongField is null, errors.Count == 0);
        Assert.All(errors, error => Assert.Contains(wrongField!, error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"quantity":1}""", null)]
    [InlineData("""{"quantity":0}""", "quantity")]
    [InlineData("""{"quantity":101}""", "quantity")]
    [InlineData("""{"quantity":1,"priority":"asap"}""", "priority")]
    [InlineData("""{"quantity":1,"code":"a"}""", "code")]
    public void Schema_OfFlatParameters_ChecksEachField(string arguments, string? wrongField)
    {
        var tool = AgentTool.Create(
            ([Range(1, 100)] int quantity, [AllowedValues("normal", "urgent")] string priority = "normal", [StringLength(4, MinimumLength = 2)] string code = "ab") =>
                $"{quantity} {priority} {code}",
            "order");

        var errors = new JsonSchemaValidator(tool.JsonSchema).Validate(JsonElement.Parse(arguments));

        Assert.Equal(wrongField is null, errors.Count == 0);
        Assert.All(errors, error => Assert.Contains(wrongField!, error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Invoke_ParameterObject_GetsItsDefaultsAndReturnsJson()
    {
        var tool = AgentTool.Create(CreateOrder, "create_order");
        var request = JsonElement.Parse("""{"customer_id":"CUST001","product_id":"p001","quantity":2}""");

        var result = await tool.InvokeAsync(new AIFunctionArguments { ["request"] = request });

        Assert.Equal("Creates an order.", tool.Description);
        Assert.Equal("""{"summary":"2x p001 for CUST001, normal","risk":"irreversible"}""", Assert.IsType<JsonElement>(result).GetRawText());
    }

    [Fact]
    public async Task Invoke_ContextAndServices_AreFilledInAndNotInTheSchema()
    {
        var tool = AgentTool.Create(
            async (string what, ToolCallContext context, IServiceProvider services, CancellationToken cancellationToken) =>
            {
                await Task.Yield();
                return $"{what} {context.Key} {context.Caller?.Name} {services.GetService(typeof(string))}";
            },
            "tell");
        var arguments = new AIFunctionArguments
        {
            ["what"] = "x",
            Services = new OneService("service"),
            Context = new Dictionary<object, object?> { [typeof(ToolCallContext)] = new ToolCallContext("key", new ToolCaller("1", "Ada", "User")) },
        };

        Assert.Equal("x key Ada service", await tool.InvokeAsync(arguments));
        Assert.Equal(["what"], tool.JsonSchema.GetProperty("properties").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task Preview_FittingArguments_SaysWhatWouldHappenWithoutDoingIt()
    {
        var ran = false;
        var tool = AgentTool.Create(
            (string product, int quantity) => ran = quantity > 0 && product.Length > 0,
            "order",
            new AgentToolOptions { Risk = ToolRisk.Money, MinimumRole = "Approver", Preview = (int quantity, ToolCallContext context) => new ToolPreview($"Order {quantity} for {context.Caller?.Name}", [$"-{quantity}"]) });

        var preview = await tool.PreviewAsync(JsonElement.Parse("""{"product":"p","quantity":3}"""), null, new ToolCaller("1", "Ada", "User"), default);

        Assert.Equal("Order 3 for Ada", preview?.Sentence);
        Assert.Equal(["-3"], preview!.Effects);
        Assert.False(ran);
        Assert.Equal((ToolRisk.Money, "Approver", true), (tool.Risk, tool.MinimumRole, tool.HasPreview));
    }

    [Theory]
    [InlineData("""{"quantity":"three"}""")]
    [InlineData("""{"quantity":13}""")]
    [InlineData("[]")]
    public async Task Preview_ArgumentsThatDoNotFitOrThatItChokesOn_GivesNone(string arguments)
    {
        var tool = AgentTool.Create(
            (int quantity) => quantity,
            "order",
            new AgentToolOptions { Preview = (int quantity) => quantity == 13 ? throw new InvalidOperationException("No.") : new ToolPreview("Yes.", []) });

        Assert.Null(await tool.PreviewAsync(JsonElement.Parse(arguments), null, null, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData("päivä")]
    [InlineData("line\n")]
    public void Create_NameThatProvidersRefuse_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => AgentTool.Create(() => 1, name));

    [Fact]
    public void Create_PreviewWithAParameterOfItsOwn_NamesIt()
    {
        var refused = Assert.Throws<ArgumentException>(() => AgentTool.Create(
            (int quantity) => quantity, "order", new AgentToolOptions { Preview = (int amount) => new ToolPreview($"{amount}", []) }));

        Assert.Contains("amount", refused.Message, StringComparison.Ordinal);
    }

    [Description("Creates an order.")]
    private static Receipt CreateOrder(OrderRequest request) =>
        new($"{request.Quantity}x {request.ProductId} for {request.CustomerId}, {request.Priority}", ToolRisk.Irreversible);

    private sealed record Receipt(string Summary, ToolRisk Risk);

    /// <summary>The guide's complex parameter.</summary>
    private sealed record OrderRequest
    {
        [System.Text.Json.Serialization.JsonPropertyName("customer_id")]
        [RegularExpression("CUST[0-9]{3}")]
        [Description("Unique customer identifier")]
        public required string CustomerId { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("product_id")]
        public required string ProductId { get; init; }

        [Range(1, int.MaxValue)]
        [System.Text.Json.Serialization.JsonPropertyName("quantity")]
        public required int Quantity { get; init; }

        [AllowedValues("normal", "high", "urgent")]
        [System.Text.Json.Serialization.JsonPropertyName("priority")]
        public string Priority { get; init; } = "normal";
    }

    private sealed class OneService(string service) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(string) ? service : null;
    }
}
