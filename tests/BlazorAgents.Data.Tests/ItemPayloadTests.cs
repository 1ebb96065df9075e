using System.Text.Json;

namespace BlazorAgents.Data.Tests;

public sealed class ItemPayloadTests
{
    public static TheoryData<ItemPayload, ItemKind> Payloads => new()
    {
        { new ItemPayload.Text("Grüße, 世界 😀 \u0000 \"quoted\"\n"), ItemKind.Text },
        { new ItemPayload.Reasoning(""), ItemKind.Reasoning },
        { new ItemPayload.FunctionCall("call_1", "weather", "not { json"), ItemKind.FunctionCall },
        { new ItemPayload.FunctionResult("call_1", "Sunny", "Succeeded", 12), ItemKind.FunctionResult },
        { new ItemPayload.Notice("Stopped."), ItemKind.Notice },
        {
            new ItemPayload.HostedTool(
                "ci_1", "CodeInterpreter", null, null, "print(1)", "Completed",
                [new HostedToolPart("text", Text: "1"), new HostedToolPart("image", MediaType: "image/png", Data: [1, 2, 3])], Error: null),
            ItemKind.HostedTool
        },
        { new ItemPayload.Source("Example", "https://example.com", null, "quoted"), ItemKind.Source },
    };

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Json_ThereAndBack_IsEqual(ItemPayload payload, ItemKind kind)
    {
        var back = ItemPayload.FromJson(payload.ToJson());

        Assert.IsType(payload.GetType(), back);
        Assert.Equal(payload.ToJson(), back.ToJson()); // by value: records compare their lists by reference
        Assert.Equal(kind, payload.Kind);
    }

    [Fact]
    public void Json_EveryKind_HasAPayload() =>
        Assert.Equal(Enum.GetValues<ItemKind>().Order(), Payloads.Select(row => (ItemKind)row[1]).Order());

    [Fact]
    public void ToJson_HalfOfAPair_DoesNotThrow() =>
        Assert.Equal(new ItemPayload.Text("Smile \uFFFD"), ItemPayload.FromJson(new ItemPayload.Text("Smile \uD83D").ToJson()));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"type":"text"}""")]
    [InlineData("""{"type":"text","content":null}""")]
    [InlineData("""{"type":"text","content":1}""")]
    [InlineData("""{"type":"video","content":"x"}""")]
    [InlineData("""{"content":"x"}""")]
    [InlineData("""{"type":"function_call","name":"x","arguments":"{}"}""")]
    [InlineData("""{"type":"text","content":"cut o""")]
    public void FromJson_Damaged_ThrowsJsonException(string json) =>
        Assert.ThrowsAny<JsonException>(() => ItemPayload.FromJson(json));
}
