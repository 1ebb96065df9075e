using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BlazorAgents.Agents.Schema;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Probe;

/// <summary>The tests that speak Chat Completions, through the client that agents use.</summary>
internal sealed partial class ChatProbe(IChatClient client)
{
    // A reasoning model thinks before it answers; with fewer tokens it would never come to the point.
    private const int EnoughTokens = 400;

    // 64 by 64 pixels, all of them red.
    private const string RedPng =
        "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAS0lEQVR42u3PQQkAAAgAsetfWiP4FgYrsKZeS0BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEDgsqnc8OJg6Ln3AAAAAElFTkSuQmCC";

    private static readonly AIFunctionDeclaration s_tool = AIFunctionFactory.CreateDeclaration(
        "get_weather",
        "Gives the current weather of one city.",
        Schema("""{"type":"object","properties":{"city":{"type":"string","description":"The city's name"}},"required":["city"],"additionalProperties":false}"""));

    private static readonly JsonElement s_citySchema = Schema(
        """{"type":"object","properties":{"city":{"type":"string"},"inhabitants":{"type":"integer"}},"required":["city","inhabitants"],"additionalProperties":false}""");

    public async Task<ProbeOutcome> StreamAsync(CancellationToken cancellationToken)
    {
        var pieces = 0;
        await foreach (var update in client.GetStreamingResponseAsync("Say OK.", new ChatOptions { MaxOutputTokens = 16 }, cancellationToken))
        {
            pieces += update.Text.Length > 0 ? 1 : 0;
        }

        return ProbeOutcome.Yes(pieces switch
        {
            0 => "The stream came and ended well; it had no text within 16 tokens.",
            1 => "The answer came in one piece.",
            _ => string.Create(CultureInfo.InvariantCulture, $"The answer came in {pieces} pieces."),
        });
    }

    public async Task<ProbeOutcome> CallToolAsync(CancellationToken cancellationToken)
    {
        var response = await client.GetResponseAsync("What is the weather in Oslo? Call the tool.", WithTool(), cancellationToken);
        return CountCalls(response) > 0
            ? ProbeOutcome.Yes("The model called the tool.")
            : NotDone(response, ProbeOutcome.No("The model answered with text and did not call the tool."));
    }

    public async Task<ProbeOutcome> CallToolsAtOnceAsync(CancellationToken cancellationToken)
    {
        var options = WithTool();
        options.AllowMultipleToolCalls = true;
        var response = await client.GetResponseAsync(
            "What is the weather in Oslo and what is the weather in Rome? Call the tool for both cities at once.", options, cancellationToken);
        return CountCalls(response) switch
        {
            > 1 and var calls => ProbeOutcome.Yes(string.Create(CultureInfo.InvariantCulture, $"The model made {calls} calls at once.")),
            1 => ProbeOutcome.No("The model made one call where two were asked for."),
            _ => NotDone(response, ProbeOutcome.No("The model answered with text and did not call the tool.")),
        };
    }

    public async Task<ProbeOutcome> SeeAsync(CancellationToken cancellationToken)
    {
        var message = new ChatMessage(ChatRole.User,
        [
            new TextContent("Which colour has this image? Answer with one word."),
            new DataContent(Convert.FromBase64String(RedPng), "image/png"),
        ]);
        var response = await client.GetResponseAsync([message], new ChatOptions { MaxOutputTokens = EnoughTokens }, cancellationToken);
        return Red().IsMatch(response.Text)
            ? ProbeOutcome.Yes("The model named the colour of a test image.")
            : NotDone(response, ProbeOutcome.Unknown("The image was accepted, but the model did not name its colour."));
    }

    public async Task<ProbeOutcome> FollowSchemaAsync(CancellationToken cancellationToken)
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = EnoughTokens,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(s_citySchema, "city"),
        };
        var response = await client.GetResponseAsync("Extract the city and its inhabitants: Oslo has 700000 inhabitants.", options, cancellationToken);
        try
        {
            using var answer = JsonDocument.Parse(response.Text);
            return new JsonSchemaValidator(s_citySchema).Validate(answer.RootElement).Count == 0
                ? ProbeOutcome.Yes("The answer followed the schema.")
                : ProbeOutcome.No("The answer was JSON, but it did not follow the schema.");
        }
        catch (JsonException)
        {
            return NotDone(response, ProbeOutcome.No("The answer was not JSON: the server ignored the schema."));
        }
    }

    private static ProbeOutcome NotDone(ChatResponse response, ProbeOutcome otherwise) => response.FinishReason == ChatFinishReason.Length
        ? ProbeOutcome.Unknown(string.Create(CultureInfo.InvariantCulture, $"The model used up {EnoughTokens} tokens before it came to the point."))
        : otherwise;

    private static int CountCalls(ChatResponse response) =>
        response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Count(call => call.Name == s_tool.Name);

    private static ChatOptions WithTool() => new() { MaxOutputTokens = EnoughTokens, Tools = [s_tool] };

    [GeneratedRegex(@"\bred\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Red();

    private static JsonElement Schema(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
