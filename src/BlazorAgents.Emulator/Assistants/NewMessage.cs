using System.Text.Json;
using BlazorAgents.Emulator.Files;
using BlazorAgents.Emulator.VectorStores;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>A message that a client wants to add.</summary>
/// <param name="Role">user or assistant.</param>
/// <param name="Text">All text parts.</param>
/// <param name="Images">Number of image parts.</param>
/// <param name="Size">Characters of text and image addresses.</param>
/// <param name="Content">The parts as the wire shows them.</param>
/// <param name="Attachments">As the wire shows them.</param>
/// <param name="SearchFiles">Attached files for file_search.</param>
/// <param name="CodeFiles">Attached files for code_interpreter.</param>
/// <param name="Metadata">Pairs.</param>
internal sealed record NewMessage(
    string Role,
    string Text,
    int Images,
    int Size,
    IReadOnlyList<object> Content,
    IReadOnlyList<object> Attachments,
    IReadOnlyList<StoredFile> SearchFiles,
    IReadOnlyList<StoredFile> CodeFiles,
    IReadOnlyDictionary<string, string> Metadata)
{
    private const int LongestText = 256_000;
    private const int MostParts = 100;

    public static IReadOnlyList<NewMessage> ReadMany(JsonElement body, string name, FileRegistry files) => body.Member(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select((message, index) => Read(message, $"{name}[{index}].", files))],
        _ => throw new ApiErrorException(ApiError.WrongType(name, "an array of objects")),
    };

    public static NewMessage Read(JsonElement body, string at, FileRegistry files)
    {
        var role = body.Text("role") ?? throw new ApiErrorException(ApiError.Missing(at + "role"));
        if (role is not ("user" or "assistant"))
        {
            throw new ApiErrorException(ApiError.Invalid(at + "role", $"Invalid value: '{role}'. Supported values are: 'user' and 'assistant'."));
        }

        var (text, images, content) = Parts(body, at + "content", files);
        var size = text.Length + body.Items("content").Sum(part => part.Member("image_url")?.Text("url")?.Length ?? 0);
        var (attachments, search, code) = ReadAttachments(body, at + "attachments", files);
        return new NewMessage(role, text, images, size, content, attachments, search, code, KeyValues.Metadata(body, at + "metadata"));
    }

    private static (string Text, int Images, IReadOnlyList<object> Content) Parts(JsonElement body, string at, FileRegistry files)
    {
        switch (body.Member("content"))
        {
            case null:
                throw new ApiErrorException(ApiError.Missing(at));
            case { ValueKind: JsonValueKind.String }:
                var whole = Checked(body.Text("content"), at);
                return (whole, 0, [TextPart(whole)]);
            case { ValueKind: JsonValueKind.Array } parts when parts.GetArrayLength() is > 0 and <= MostParts:
                var read = parts.EnumerateArray().Select((part, index) => Part(part, $"{at}[{index}]", files)).ToList();
                return (string.Join('\n', read.Select(part => part.Text).OfType<string>()), read.Count(part => part.Text is null), [.. read.Select(part => part.Shape)]);
            case { ValueKind: JsonValueKind.Array }:
                throw new ApiErrorException(ApiError.Invalid(at, $"Invalid '{at}': expected an array of 1 to {MostParts} parts."));
            default:
                throw new ApiErrorException(ApiError.WrongType(at, "a string or an array of objects"));
        }
    }

    private static (string? Text, object Shape) Part(JsonElement part, string at, FileRegistry files)
    {
        switch (part.Text("type"))
        {
            case "text":
                var text = Checked(part.Text("text"), at + ".text");
                return (text, TextPart(text));
            case "image_file":
                var id = part.Member("image_file")?.Text("file_id") ?? throw new ApiErrorException(ApiError.Missing(at + ".image_file.file_id"));
                VectorStoreFilesEndpoint.Source(files, id, at + ".image_file.file_id");
                return (null, new { type = "image_file", image_file = new { file_id = id, detail = Detail(part.Member("image_file"), at + ".image_file") } });
            case "image_url":
                var url = part.Member("image_url")?.Text("url") ?? throw new ApiErrorException(ApiError.Missing(at + ".image_url.url"));
                return Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" or "data"
                    ? (null, new { type = "image_url", image_url = new { url, detail = Detail(part.Member("image_url"), at + ".image_url") } })
                    : throw new ApiErrorException(ApiError.Invalid(at + ".image_url.url", $"Invalid '{at}.image_url.url': expected a valid URL."));
            case null:
                throw new ApiErrorException(ApiError.Missing(at + ".type"));
            case var type:
                throw new ApiErrorException(ApiError.Invalid(at + ".type", $"Invalid value: '{type}'. Supported values are: 'text', 'image_url', and 'image_file'."));
        }
    }

    private static string Detail(JsonElement? image, string at) => image?.Text("detail") switch
    {
        null => "auto",
        "auto" or "low" or "high" => image.Value.Text("detail")!,
        var detail => throw new ApiErrorException(ApiError.Invalid(at + ".detail", $"Invalid value: '{detail}'. Supported values are: 'auto', 'low', and 'high'.")),
    };

    private static string Checked(string? text, string at) => text switch
    {
        null => throw new ApiErrorException(ApiError.WrongType(at, "a string")),
        "" => throw new ApiErrorException(ApiError.Invalid(at, "Message content must be non-empty.")),
        { Length: > LongestText } => throw new ApiErrorException(ApiError.Invalid(at, $"Invalid '{at}': string too long. Expected a string with maximum length {LongestText}, but got a string with length {text.Length} instead.", "string_above_max_length")),
        _ => text,
    };

    private static object TextPart(string value) => new { type = "text", text = new { value, annotations = Array.Empty<object>() } };

    private static (List<object> Shapes, List<StoredFile> Search, List<StoredFile> Code) ReadAttachments(JsonElement body, string at, FileRegistry files)
    {
        List<object> shapes = [];
        List<StoredFile> search = [];
        List<StoredFile> code = [];
        if (body.Member("attachments") is not null and { ValueKind: not JsonValueKind.Array })
        {
            throw new ApiErrorException(ApiError.WrongType(at, "an array of objects"));
        }

        foreach (var (index, attachment) in body.Items("attachments").Index())
        {
            var own = $"{at}[{index}]";
            var file = VectorStoreFilesEndpoint.Source(files, attachment.Text("file_id") ?? throw new ApiErrorException(ApiError.Missing(own + ".file_id")), own + ".file_id");
            var tools = attachment.Items("tools").Select(tool => tool.Text("type")).ToList();
            if (tools.Count == 0)
            {
                throw new ApiErrorException(ApiError.Missing(own + ".tools"));
            }

            foreach (var (place, tool) in tools.Index())
            {
                (tool switch
                {
                    "file_search" => search,
                    "code_interpreter" => code,
                    _ => throw new ApiErrorException(ApiError.Invalid($"{own}.tools[{place}].type", $"Invalid value: '{tool}'. Supported values are: 'code_interpreter' and 'file_search'.")),
                }).Add(file);
            }

            shapes.Add(new { file_id = file.Id, tools = tools.Select(type => new { type }).ToList() });
        }

        return (shapes, search, code);
    }
}
