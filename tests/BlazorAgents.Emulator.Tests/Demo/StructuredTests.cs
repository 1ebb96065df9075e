using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlazorAgents.Emulator.Tests.Demo;

public sealed class StructuredTests
{
    [Fact]
    public async Task Contact_OfTheGuide_IsExtracted()
    {
        var json = await ExtractAsync(
            """{"type":"object","properties":{"name":{"type":"string","description":"Full name"},"email":{"type":"string","description":"Email address"},"phone":{"type":["string","null"]},"company":{"anyOf":[{"type":"string"},{"type":"null"}]}},"required":["name","email","phone","company"]}""",
            "Please add John Smith to my contacts. His email is john.smith@example.com\nand he works at TechCorp. His phone number is 555-0123.");

        Assert.Equal("""{"name":"John Smith","email":"john.smith@example.com","phone":"555-0123","company":"TechCorp"}""", json);
    }

    [Fact]
    public async Task Meeting_OfTheGuide_IsExtracted()
    {
        var json = await ExtractAsync(
            """{"$defs":{"Place":{"type":"string"}},"type":"object","properties":{"date":{"type":"string"},"time":{"type":"string"},"attendees":{"type":"array","items":{"type":"string"}},"topic":{"type":"string"},"location":{"$ref":"#/$defs/Place"}},"required":["date","time","attendees","topic"]}""",
            "Let's schedule a project review meeting for next Tuesday at 2 PM.\nAttendees will be Alice Johnson, Bob Chen, and Carol Williams.\nWe'll meet in Conference Room B to discuss the Q4 roadmap.");

        Assert.Equal("""{"date":"next Tuesday","time":"2 PM","attendees":["Alice Johnson","Bob Chen","Carol Williams"],"topic":"Q4 roadmap","location":"Conference Room B"}""", json);
    }

    // What a strict client sends for the guide's records.
    private const string Contact =
        """{"description":"Structured contact information.","type":"object","properties":{"name":{"description":"Full name","type":"string"},"email":{"description":"Email address; empty when the text has none","type":"string"},"phone":{"description":"Phone number","type":["string","null"]},"company":{"description":"Company name","type":["string","null"]}},"required":["name","email","phone","company"],"additionalProperties":false}""";

    private const string Meeting =
        """{"description":"Meeting details.","type":"object","properties":{"date":{"description":"Meeting date, as the text says it","type":"string"},"time":{"description":"Meeting time, as the text says it","type":"string"},"attendees":{"description":"List of attendees","type":"array","items":{"type":"string"}},"topic":{"description":"Meeting topic","type":"string"},"location":{"description":"Meeting location","type":["string","null"]}},"required":["date","time","attendees","topic","location"],"additionalProperties":false}""";

    [Theory]
    [InlineData(
        "Please add John Smith to my contacts. His email is john.smith@example.com and he works at TechCorp. His phone number is 555-0123.",
        """{"name":"John Smith","email":"john.smith@example.com","phone":"555-0123","company":"TechCorp"}""")]
    [InlineData(
        "Thanks for your order of 2026-11-20!\n\nBest regards,\nMaria García\nSales, Contoso GmbH\nmaria@contoso.example\n+49 30 1234567",
        """{"name":"Maria García","email":"maria@contoso.example","phone":"+49 30 1234567","company":"Contoso GmbH"}""")]
    [InlineData("Nothing about anybody.", """{"name":"","email":"","phone":null,"company":null}""")]
    public async Task Contact_OfAMessage_IsExtracted(string text, string json) => Assert.Equal(json, await ExtractAsync(Contact, text));

    [Theory]
    [InlineData(
        "Let's schedule a project review meeting for next Tuesday at 2 PM. Attendees will be Alice Johnson, Bob Chen, and Carol Williams. We'll meet in Conference Room B to discuss the Q4 roadmap.",
        """{"date":"next Tuesday","time":"2 PM","attendees":["Alice Johnson","Bob Chen","Carol Williams"],"topic":"Q4 roadmap","location":"Conference Room B"}""")]
    [InlineData(
        "Anna: Can we meet on March 3rd at 10:30 am? Let's discuss the budget.\nBen: Works for me. Where?\nAnna: Room 4.",
        """{"date":"March 3rd","time":"10:30 am","attendees":["Anna","Ben"],"topic":"budget","location":"Room 4"}""")]
    [InlineData(
        "Lunch with Dana and Eve tomorrow at noon, at the Harbour Hall, about hiring.",
        """{"date":"tomorrow","time":"noon","attendees":["Dana","Eve"],"topic":"hiring","location":"Harbour Hall"}""")]
    public async Task Meeting_OfAConversation_IsExtracted(string text, string json) => Assert.Equal(json, await ExtractAsync(Meeting, text));

    [Fact]
    public async Task Weather_OfTheGuide_IsExtractedWithTypes()
    {
        var json = await ExtractAsync("""{"type":"object","properties":{"location":{"type":"string"},"temperature":{"type":"integer"},"condition":{"type":"string"}}}""", "It's 75°F and sunny in Seattle");

        Assert.Equal("""{"location":"Seattle","temperature":75,"condition":"sunny"}""", json);
    }

    [Fact]
    public async Task Field_NotInTheText_IsEmptyOrNullNotInvented()
    {
        var json = await ExtractAsync(
            """{"type":"object","properties":{"email":{"type":"string"},"phone":{"type":["string","null"]},"count":{"type":"integer","minimum":1},"kind":{"type":"string","enum":["a","b"]},"tags":{"type":"array","items":{"type":"string"}}}}""",
            "Nothing to see");

        Assert.Equal("""{"email":"","phone":null,"count":1,"kind":"a","tags":[]}""", json);
    }

    [Fact]
    public async Task Schema_Recursive_Ends()
    {
        var json = await ExtractAsync("""{"type":"object","properties":{"name":{"type":"string"},"child":{"$ref":"#"},"list":{"type":"array","items":{"$ref":"#"}}},"required":["name","child","list"]}""", "My name is Ann Lee");

        Assert.Equal("Ann Lee", JsonDocument.Parse(json).RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Schema_GrowingWithoutEnd_IsAnsweredQuickly()
    {
        var properties = string.Join(',', Enumerable.Range(0, 30).Select(index => $$"""
            "p{{index}}":{"$ref":"#"}
            """));

        var json = await ExtractAsync("{\"type\":\"object\",\"properties\":{" + properties + "}}", "x");

        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(json).RootElement.ValueKind);
    }

    private static async Task<string> ExtractAsync(string schema, string text)
    {
        await using var chat = await DemoChat.StartAsync("Extract the details.");
        chat.Extra["response_format"] = new JsonObject { ["type"] = "json_schema", ["json_schema"] = new JsonObject { ["name"] = "x", ["strict"] = true, ["schema"] = JsonNode.Parse(schema) } };
        return await chat.SayAsync(text);
    }
}
