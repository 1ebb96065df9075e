using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Agents.Structured;
using BlazorAgents.Testing;
using CsCheck;

namespace BlazorAgents.Agents.Tests.Structured;

public sealed class PartialJsonTests
{
    private static readonly Gen<string> s_text = Gen.Frequency(
        (3, Gen.String[Gen.Char["abc \"\\/{}[],:"], 0, 6]),
        (1, Gen.OneOf(new[] { "", "é", "😀😀", "\u2028", "line\nbreak", "\u0001", "𝒳y" }.Select(Gen.Const).ToArray())));

    private static readonly Gen<JsonNode?> s_scalar = Gen.OneOf(
        s_text.Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Int.Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Double.Where(double.IsFinite).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)),
        Gen.Const((JsonNode?)null));

    private static readonly Gen<JsonNode?> s_document = Gen.Recursive<JsonNode?>((depth, deeper) => depth >= 4
        ? s_scalar
        : Gen.Frequency(
            (2, s_scalar),
            (3, Gen.Select(s_text, deeper).Array[0, 4].Select(fields =>
            {
                var json = new JsonObject();
                foreach (var (name, value) in fields)
                {
                    json[name] = value?.DeepClone();
                }

                return (JsonNode?)json;
            })),
            (2, deeper.Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])))));

    private static readonly JsonSerializerOptions[] s_styles =
    [
        new(),
        new() { WriteIndented = true },
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping },
    ];

    [Fact]
    public void EveryPrefix_OfAnyDocument_IsValidAndABeginningOfIt() =>
        Property.HoldsFor(
            Gen.Select(s_document, Gen.Int[0, s_styles.Length - 1]),
            value =>
            {
                var (document, style) = value;
                var text = document?.ToJsonString(s_styles[style]) ?? "null";
                var whole = JsonElement.Parse(text);
                var reader = new PartialJson();
                for (var length = 0; length < text.Length; length++)
                {
                    if (reader.Complete() is { } partial)
                    {
                        Assert.True(IsBeginning(JsonElement.Parse(partial), whole), $"{text[..length]} became {partial}");
                    }

                    reader.Append(text.AsSpan(length, 1));
                }

                Assert.True(JsonElement.DeepEquals(whole, JsonElement.Parse(reader.Complete()!)), text);
            },
            count: 2_000);

    [Fact]
    public void Pieces_OfAnySize_GiveTheSame() =>
        Property.HoldsFor(
            Gen.Select(s_document, Gen.Int[1, 7]),
            value =>
            {
                var (document, size) = value;
                var text = document?.ToJsonString() ?? "null";
                var reader = new PartialJson();
                foreach (var piece in text.Chunk(size))
                {
                    reader.Append(piece);
                }

                Assert.Equal(PartialJson.Complete(text), reader.Complete());
            },
            count: 500);

    [Theory]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData("{", "{}")]
    [InlineData("{\"na", "{}")]
    [InlineData("{\"name\"", "{}")]
    [InlineData("{\"name\": ", "{}")]
    [InlineData("{\"name\": \"Jo", "{\"name\": \"Jo\"}")]
    [InlineData("{\"name\": \"Jo\\", "{\"name\": \"Jo\"}")]
    [InlineData("{\"name\": \"Jo\\u00", "{\"name\": \"Jo\"}")]
    [InlineData("{\"name\": \"Jo\\ud83d", "{\"name\": \"Jo\"}")]
    [InlineData("{\"name\": \"Jo\\ud83d\\ude00", "{\"name\": \"Jo\\ud83d\\ude00\"}")]
    [InlineData("{\"a\":1,", "{\"a\":1}")]
    [InlineData("{\"a\":-", "{}")]
    [InlineData("{\"a\":12.", "{\"a\":12}")]
    [InlineData("{\"a\":1.5e", "{\"a\":1.5}")]
    [InlineData("{\"a\":1.5e-", "{\"a\":1.5}")]
    [InlineData("{\"a\":t", "{\"a\":true}")]
    [InlineData("{\"a\":nul", "{\"a\":null}")]
    [InlineData("[[1,2],[", "[[1,2],[]]")]
    [InlineData("[{\"a\":[\"x", "[{\"a\":[\"x\"]}]")]
    [InlineData("\"bare te", "\"bare te\"")]
    [InlineData("-", null)]
    [InlineData("42", "42")]
    public void Beginning_IsCompleted(string beginning, string? completed) => Assert.Equal(completed, PartialJson.Complete(beginning));

    [Theory]
    [InlineData("Here you are:\n```json\n{\"a\": [1, 2]}\n```\nAnything else?", "{\"a\": [1, 2]}")]
    [InlineData("Use {name} like so: {\"a\":1}", "{\"a\":1}")]
    [InlineData("[Note] the answer {\"a\":1} is {\"a\":2}", "{\"a\":1}")]
    [InlineData("{{{\"a\":tru", "{\"a\":true}")]
    [InlineData("no JSON here", null)]
    public void Prose_AroundAnObject_IsSkipped(string text, string? found)
    {
        var reader = new PartialJson(PartialJsonStart.AnywhereObject);
        reader.Append(text);

        Assert.Equal(found, reader.Complete());
    }

    [Theory]
    [InlineData("{\"a\":1}x", "{\"a\":1}", true)]
    [InlineData("{\"a\":01}", "{\"a\":0}", false)]
    [InlineData("{\"a\":1.}", "{}", false)]
    [InlineData("[1,]", "[1]", false)]
    [InlineData("{a:1}", "{}", false)]
    [InlineData("[tru]", "[]", false)]
    public void WrongJson_EndsWhereItWentWrong(string text, string completed, bool isComplete)
    {
        var reader = new PartialJson();
        reader.Append(text);

        Assert.Equal((completed, isComplete), (reader.Complete(), reader.IsComplete));
    }

    [Fact]
    public void Nesting_BeyondWhatCanBeRead_StaysValid()
    {
        var completed = PartialJson.Complete(new string('[', 100_000));

        Assert.Equal(JsonValueKind.Array, JsonElement.Parse(completed!).ValueKind);
    }

    [Fact]
    public void HostileBrackets_AreReadInOnePass()
    {
        var reader = new PartialJson(PartialJsonStart.Anywhere);
        for (var i = 0; i < 20_000; i++)
        {
            reader.Append("[[[[[[x{\"a\":");
        }

        reader.Append("{\"found\":1}");
        Assert.Equal("{\"a\":{\"found\":1}}", reader.Complete());
    }

    private static bool IsBeginning(JsonElement part, JsonElement whole) => part.ValueKind switch
    {
        JsonValueKind.Object => whole.ValueKind is JsonValueKind.Object && AreBeginnings(
            [.. part.EnumerateObject().Select(field => (field.Name, field.Value))], [.. whole.EnumerateObject().Select(field => (field.Name, field.Value))]),
        JsonValueKind.Array => whole.ValueKind is JsonValueKind.Array && AreBeginnings(
            [.. part.EnumerateArray().Select(item => ("", item))], [.. whole.EnumerateArray().Select(item => ("", item))]),
        JsonValueKind.String => whole.ValueKind is JsonValueKind.String && whole.GetString()!.StartsWith(part.GetString()!, StringComparison.Ordinal),
        JsonValueKind.Number => whole.ValueKind is JsonValueKind.Number && whole.GetRawText().StartsWith(part.GetRawText(), StringComparison.Ordinal),
        _ => part.ValueKind == whole.ValueKind,
    };

    private static bool AreBeginnings(List<(string Name, JsonElement Value)> part, List<(string Name, JsonElement Value)> whole) =>
        part.Count <= whole.Count
        && part.Index().All(item => item.Item.Name == whole[item.Index].Name && (item.Index == part.Count - 1
            ? IsBeginning(item.Item.Value, whole[item.Index].Value)
            : JsonElement.DeepEquals(item.Item.Value, whole[item.Index].Value)));
}
