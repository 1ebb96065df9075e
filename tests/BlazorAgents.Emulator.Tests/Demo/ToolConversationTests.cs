using System.Text.Json;

namespace BlazorAgents.Emulator.Tests.Demo;

public sealed class ToolConversationTests
{
    private const string Shopping = "You are a helpful e-commerce shopping assistant. Always confirm details before placing orders.";

    private static string Weather(string tool, JsonElement arguments) => tool == "get_weather"
        ? $"The weather in {arguments.GetProperty("location").GetString()} is sunny with a high of 75°F."
        : "Current time: 10:00 AM";

    [Fact]
    public async Task Weather_InSeattle_IsTheGuidesAnswer()
    {
        await using var chat = await DemoChat.StartAsync("You are a helpful weather assistant.", Weather, DemoTools.Weather);

        var answer = await chat.SayAsync("What's the weather like in Seattle?");

        Assert.Equal(["""get_weather {"location":"Seattle"}"""], chat.Calls);
        Assert.Equal("The weather in Seattle is sunny with a high of 75°F.", answer);
    }

    [Fact]
    public async Task TwoTools_EachWithItsOwnPlace_GetTheirOwn()
    {
        var chat = await DemoChat.StartAsync("", Weather, DemoTools.Weather, DemoTools.TimeIn);

        await chat.SayAsync("What's the weather like in Seattle, and what time is it in Tokyo?");

        Assert.Equal(["""get_weather {"location":"Seattle"}""", """get_time {"location":"Tokyo"}"""], chat.Calls);
    }

    [Fact]
    public async Task WeatherAndTime_InOneQuestion_AreParallelCalls()
    {
        await using var chat = await DemoChat.StartAsync("", Weather, DemoTools.Weather, DemoTools.TimeIn);

        var answer = await chat.SayAsync("What's the weather and time in Paris?");

        Assert.Equal([2], chat.Rounds);
        Assert.Equal(["""get_weather {"location":"Paris"}""", """get_time {"location":"Paris"}"""], chat.Calls);
        Assert.Contains("10:00 AM", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WeatherAndTime_ParallelForbidden_AreOneByOne()
    {
        await using var chat = await DemoChat.StartAsync("", Weather, DemoTools.Weather, DemoTools.TimeIn);
        chat.Extra["parallel_tool_calls"] = false;

        await chat.SayAsync("What's the weather and time in Paris?");

        Assert.Equal([1, 1], chat.Rounds);
    }

    [Fact]
    public async Task Argument_Missing_IsAskedForAndThenUsed()
    {
        await using var chat = await DemoChat.StartAsync("", Weather, DemoTools.Weather);

        var question = await chat.SayAsync("What's the weather?");
        var answer = await chat.SayAsync("Oslo, please");

        Assert.EndsWith("Which place do you mean?", question, StringComparison.Ordinal);
        Assert.Equal(["""get_weather {"location":"Oslo"}"""], chat.Calls);
        Assert.Contains("Oslo is sunny", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("And in Tokyo?", "Tokyo")]
    [InlineData("what about berlin?", "Berlin")]
    public async Task FollowUp_Elliptic_RepeatsTheToolForAnotherPlace(string text, string place)
    {
        await using var chat = await DemoChat.StartAsync("", Weather, DemoTools.Weather);
        await chat.SayAsync("What's the weather like in Seattle?");

        await chat.SayAsync(text);

        Assert.Equal($$"""get_weather {"location":"{{place}}"}""", chat.Calls[^1]);
    }

    [Fact]
    public async Task Places_Several_AreOneCallEach()
    {
        await using var chat = await DemoChat.StartAsync("", Weather, DemoTools.Weather);

        await chat.SayAsync("Compare the weather in Paris, London and Rome in celsius");

        Assert.Equal(["Paris", "London", "Rome"], chat.Calls.Select(call => JsonDocument.Parse(call[12..]).RootElement.GetProperty("location").GetString()!));
        Assert.All(chat.Calls, call => Assert.Contains("\"unit\":\"celsius\"", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shop_TheGuidesConversation_Flows()
    {
        await using var chat = await DemoChat.StartAsync(Shopping, new DemoShop().Run, DemoTools.Search, DemoTools.Stock, DemoTools.Order, DemoTools.OrderStatus);

        var found = await chat.SayAsync("I'm looking for a laptop");
        var stock = await chat.SayAsync("Is it in stock?");
        var ordered = await chat.SayAsync("I'd like to order one. My customer ID is CUST001");
        var status = await chat.SayAsync("What's my order status?");

        Assert.Equal(
            [
                """search_products {"query":"laptop"}""", """check_stock {"product_id":"p001"}""",
                """create_order {"customer_id":"CUST001","product_id":"p001","quantity":1}""", """get_order_status {"order_id":"ORD0001"}""",
            ],
            chat.Calls);
        Assert.Contains("Laptop", found, StringComparison.Ordinal);
        Assert.Equal("Laptop has limited stock (5 units remaining)", stock);
        Assert.StartsWith("Order ORD0001 created", ordered, StringComparison.Ordinal);
        Assert.Contains("**Status:** confirmed", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_OfANamedThing_SearchesItFirst()
    {
        await using var chat = await DemoChat.StartAsync(Shopping, new DemoShop().Run, DemoTools.Search, DemoTools.Order);
        await chat.SayAsync("I'm looking for a laptop");

        await chat.SayAsync("Order a mouse for CUST003");

        Assert.Equal(["""search_products {"query":"mouse"}""", """create_order {"customer_id":"CUST003","product_id":"p002","quantity":1}"""], chat.Calls.Skip(1));
    }

    [Fact]
    public async Task Order_Failing_IsSaidPlainly()
    {
        await using var chat = await DemoChat.StartAsync(Shopping, new DemoShop().Run, DemoTools.Order);

        var answer = await chat.SayAsync("Order 2 of p003 for CUST001");

        Assert.StartsWith("That did not work", answer, StringComparison.Ordinal);
        Assert.Contains("Insufficient stock", answer, StringComparison.Ordinal);
        Assert.Single(chat.Calls);
    }

    [Fact]
    public async Task Instructions_WithNumberedSteps_ChainTheTools()
    {
        const string Instructions = "When processing orders:\n1. First validate the customer\n2. Calculate shipping costs\n3. Create the order\n4. Confirm with user";
        await using var chat = await DemoChat.StartAsync(Instructions, new DemoShop().Run, DemoTools.Validate, DemoTools.Shipping, DemoTools.Order);

        await chat.SayAsync("I want to order 2 of p001 for customer CUST001");
        Assert.Equal(["validate_customer", "calculate_shipping", "create_order"], chat.Calls.Select(call => call.Split(' ')[0]));

        chat.Calls.Clear();
        await chat.SayAsync("Order 1 p002 for customer CUST009");
        Assert.Equal(["""validate_customer {"customer_id":"CUST009"}"""], chat.Calls);
    }

    [Fact]
    public async Task Search_PluralWithoutHit_IsTriedOnceInTheSingular()
    {
        await using var chat = await DemoChat.StartAsync(Shopping, new DemoShop().Run, DemoTools.Search);

        var answer = await chat.SayAsync("Do you have any keyboards?");

        Assert.Equal(["""search_products {"query":"keyboards"}""", """search_products {"query":"keyboard"}"""], chat.Calls);
        Assert.Contains("Keyboard", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_Retrieved_AreQuotedWithTheirSource()
    {
        const string Passages = """[{"text":"Employees get 25 vacation days a year. Unused days expire in March of the next year.","source":"handbook.md"},{"text":"The office opens at eight in the morning and closes at six in the evening.","source":"office.md"}]""";
        await using var chat = await DemoChat.StartAsync("Answer from the company's documents.", (_, _) => Passages, DemoTools.Documents);

        var answer = await chat.SayAsync("How many vacation days do I get?");

        Assert.StartsWith("search_documents", Assert.Single(chat.Calls), StringComparison.Ordinal);
        Assert.Contains("25 vacation days", answer, StringComparison.Ordinal);
        Assert.Contains("handbook.md", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("office opens", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("What is the factorial of 100?", "math.factorial(100)")]
    [InlineData("Calculate the first 10 Fibonacci numbers", "numbers[:10]")]
    [InlineData("Calculate the first 20 prime numbers", "len(primes) < 20")]
    [InlineData("I have sales data: [120, 135, 148]\nWhat is the mean, median, and standard deviation?", "data = [120, 135, 148]")]
    public async Task Computation_WithACodeTool_WritesPython(string text, string expected)
    {
        await using var chat = await DemoChat.StartAsync("", (_, _) => "42", DemoTools.Python);

        await chat.SayAsync(text);

        var call = Assert.Single(chat.Calls);
        Assert.Contains(expected, JsonDocument.Parse(call["run_python ".Length..]).RootElement.GetProperty("code").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hello!")]
    [InlineData("Thanks for your time!")]
    [InlineData("My name is Alice")]
    public async Task SmallTalk_WithTools_CallsNone(string text)
    {
        await using var chat = await DemoChat.StartAsync("", Weather, DemoTools.Weather, DemoTools.Time, DemoTools.Documents);

        await chat.SayAsync(text);

        Assert.Empty(chat.Calls);
    }

    [Theory]
    [InlineData("Which laptops do you have?", "laptops")]
    [InlineData("search for 'keyboard'", "keyboard")]
    [InlineData("How much is the mouse?", "mouse")]
    [InlineData("I want to buy 2 laptops, my customer id is CUST007", "laptops")]
    public async Task Query_OfASentence_IsItsThing(string text, string query)
    {
        await using var chat = await DemoChat.StartAsync(Shopping, new DemoShop().Run, DemoTools.Search, DemoTools.Order);

        await chat.SayAsync(text);

        Assert.Equal($$"""search_products {"query":"{{query}}"}""", chat.Calls[0]);
    }

    [Fact]
    public async Task Cancelling_WithoutSuchATool_CreatesNothing()
    {
        await using var chat = await DemoChat.StartAsync(Shopping, new DemoShop().Run, DemoTools.Search, DemoTools.Order);
        await chat.SayAsync("Order 1 p001 for CUST001");

        await chat.SayAsync("Cancel my order for 1 p001");

        Assert.Single(chat.Calls, call => call.StartsWith("create_order", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Turn on the light in the kitchen", true)]
    [InlineData("Turn on the light", false)]
    public async Task FreeArgument_WithoutEvidence_IsAskedFor(string text, bool called)
    {
        await using var chat = await DemoChat.StartAsync("", null, DemoTools.Light);

        var answer = await chat.SayAsync(text);

        Assert.Equal(called ? ["""turn_on_light {"room":"kitchen"}"""] : [], chat.Calls);
        Assert.Equal(!called, answer.EndsWith('?'));
    }

    [Fact]
    public async Task ToolChoice_Forced_CallsThatTool()
    {
        await using var chat = await DemoChat.StartAsync("", Weather, DemoTools.Weather, DemoTools.Time);
        chat.Extra["tool_choice"] = JsonSerializer.SerializeToNode(new { type = "function", function = new { name = "get_time" } });

        await chat.SayAsync("Hello there, what's up with the weather in Oslo?");

        Assert.Equal(["get_time {}"], chat.Calls);
    }
}
